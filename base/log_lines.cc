#include "base/log_lines.h"

#include <string>

#include "base/log_target.h"

namespace majlis {

void log_all(Severity severity, const std::vector<LogLine>& lines) {
  if (lines.empty()) return;
  std::string text;
  if (!log_target().file.empty()) {
    for (const LogLine& line : lines) text += log_file_line(line.text());
  }
  if (append_to_log_file(text)) return;
  for (const LogLine& line : lines) log(severity, line);
}

}  // namespace majlis
