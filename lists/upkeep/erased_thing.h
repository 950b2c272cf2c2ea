#pragma once

#include <cstddef>
#include <string>

namespace majlis::lists {

enum class Erasing { look, erase };

// Something of a person's, and what became of it.
struct ErasedThing {
  std::string what;   // "post of the archive", "member", ...
  std::string where;  // a file, below the site or as it is called; "": the database
  std::size_t count = 0;
};

}  // namespace majlis::lists
