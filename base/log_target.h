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

// A line as a file has it: time, program and process id in front.
std::string log_file_line(std::string_view text);

// Appends whole lines by one write(2); false where there is no file or it cannot be written.
bool append_to_log_file(std::string_view lines);

}  // namespace majlis
