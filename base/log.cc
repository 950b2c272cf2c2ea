#include "base/log.h"

#include <syslog.h>

#include <algorithm>

#include "base/log_target.h"
#include "base/text.h"

namespace majlis {
namespace {

constexpr std::size_t kMaxValueOctets = 400;

// Stands in a value as it is.
bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

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
  // Most values are plain from one end to the other.
  for (std::string_view rest = shown; !rest.empty();) {
    const auto plain = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_plain) - rest.begin());
    line_ += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    const char c = rest.front();
    if (c == '"' || c == '\\') line_ += '\\';
    line_ += printable(rest.substr(0, 1));
    rest.remove_prefix(1);
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
  if (has_file && append_to_log_file(log_file_head() + line.text() + "\n")) return;
  syslog(syslog_priority(severity), "%s", line.text().c_str());
}

}  // namespace majlis
