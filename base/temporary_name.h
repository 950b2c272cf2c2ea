#pragma once

#include <string>
#include <string_view>

namespace majlis {

// "PATH.tmp.PID": under which a file is written before it is put into place. What a killed process left is under such a
// name.
std::string temporary_name(const std::string& path);
bool is_temporary_name(std::string_view name);

}  // namespace majlis
