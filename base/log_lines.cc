#include "base/log_lines.h"

#include <string>

#include "base/log_target.h"

namespace majlis {

void log_all(Severity severity, const std::vector<LogLine>& lines) {
  if (lines.empty()) return;
  std::string text;
  if (!log_target().file.empty()) {
    const std::string head = log_file_head();
    for (const LogLine& line : lines) text.append(head).append(line.text()).append(1, '\n');
  }
  if (append_to_log_file(text)) return;
  for (const LogLine& line : lines) log(severity, line);
}

}  // namespace majlis
