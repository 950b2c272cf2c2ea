#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis {

// One log line per decision: "word key=value key=value". A value with a blank, '"' or '\' is quoted, the last
// two escaped by '\'; what is no printable ASCII is \xNN: no value can pass for another. Never hand a secret to `with`.
class LogLine {
 public:
  explicit LogLine(std::string_view event) : line_(event) {}
  LogLine& with(std::string_view key, std::string_view value);  // left out when value is empty
  LogLine& with(std::string_view key, std::int64_t value);
  LogLine& with(const Error& error);  // kind= and why=
  const std::string& text() const { return line_; }

 private:
  std::string line_;
};

enum class Severity { info, warning, error };

// Where lines go. Default: syslog(3), facility mail, under the program's name. With a file set: appended there with
// time, program and process id, one write(2) a line, so that processes do not mix within a line; if the file cannot be
// opened, syslog. Logging never fails the caller.
void open_log(std::string_view program, std::string_view file = {});
void log(Severity severity, const LogLine& line);

}  // namespace majlis
