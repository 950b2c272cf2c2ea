#pragma once

#include <cstddef>
#include <string>

namespace majlis::lists {

// One thing wrong with a configuration text. Line numbers start at 1; 0 is the text as a whole.
struct ConfigProblem {
  std::size_t line = 0;
  std::string what;  // "subscribe_policy: 'opne' is none of open, closed, ..."
};

}  // namespace majlis::lists
