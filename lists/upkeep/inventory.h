#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace majlis::lists {

// What is below a folder, as paths relative to it; a folder comes before what is in it.
struct Inventory {
  std::vector<std::string> folders;
  std::vector<std::string> files;   // regular ones
  std::vector<std::string> others;  // links, sockets, ...: nobody follows them
};

// `is_left_out` is asked with each path; of a folder that is, nothing is looked at. What goes meanwhile is not there.
Result<Inventory> take_inventory(const std::string& top, const std::function<bool(std::string_view path)>& is_left_out);

}  // namespace majlis::lists
