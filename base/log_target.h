#pragma once

#include <string>
#include <string_view>

namespace majlis {

// Where the lines of this process go (base/log.h).
struct LogTarget {
  std::string program = "majlis";
  std::string file;  // "": syslog
};
LogTarget& log_target();

// What stands before a line's text in a file: time, program and process id.
std::string log_file_head();

// Appends whole lines by one write(2); false where there is no file or it cannot be written.
bool append_to_log_file(std::string_view lines);

}  // namespace majlis
