#include "base/log.h"

#include <syslog.h>

#include "base/log_target.h"
#include "base/text.h"

namespace majlis {
namespace {

constexpr std::size_t kMaxValueOctets = 400;

int syslog_priority(Severity severity) {
  switch (severity) {
    case Severity::info: return LOG_INFO;
    case Severity::warning: return LOG_WARNING;
    case Severity::error: return LOG_ERR;
  }
  return LOG_ERR;
}

}  // namespace

LogLine& LogLine::with(std::string_view key, std::string_view value) {
  if (value.empty()) return *this;
  const std::string_view shown = value.substr(0, kMaxValueOctets);
  const bool quoted = shown.find_first_of(" \"\\") != std::string_view::npos;
  line_ += ' ';
  line_ += key;
  line_ += '=';
  if (quoted) line_ += '"';
  for (const char c : shown) {
    if (c == '"' || c == '\\') {
      line_ += '\\';
      line_ += c;
    } else {
      line_ += printable(std::string_view(&c, 1));
    }
  }
  if (value.size() > shown.size()) line_ += "...";
  if (quoted) line_ += '"';
  return *this;
}

LogLine& LogLine::with(std::string_view key, std::int64_t value) { return with(key, std::to_string(value)); }

LogLine& LogLine::with(const Error& error) { return with("kind", word_for(error.kind)).with("why", error.what); }

void open_log(std::string_view program, std::string_view file) {
  log_target() = LogTarget{std::string(program), std::string(file)};
  openlog(log_target().program.c_str(), LOG_PID, LOG_MAIL);
}

void log(Severity severity, const LogLine& line) {
  const bool has_file = !log_target().file.empty();
  if (has_file && append_to_log_file(log_file_line(line.text()))) return;
  syslog(syslog_priority(severity), "%s", line.text().c_str());
}

}  // namespace majlis
