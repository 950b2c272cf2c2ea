#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// `; filename="caf_.txt"; filename*=UTF-8''caf%C3%A9.txt`: a name beyond ASCII in both forms, an old reader takes the
// first, which is safe for a file system. `parameter` is "name" or "filename"; `name` is UTF-8, "" makes nothing.
std::string file_name_parameter(std::string_view parameter, std::string_view name);

// The body of a Content-Type or Content-Disposition field with `name` in the place of whatever names it has, in any
// form. All other parameters stay as they are written, each on a line of its own, ended by `line_end`.
std::string with_file_name(std::string_view field_body, std::string_view name, std::string_view line_end);

}  // namespace majlis::mail
