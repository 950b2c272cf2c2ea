#include "mail/mbox.h"

#include "base/date_text.h"
#include "base/text.h"

namespace majlis::mail {
namespace {

bool needs_quote(std::string_view line) {
  const std::size_t first = line.find_first_not_of('>');
  return first != std::string_view::npos && line.substr(first).starts_with("From ");
}

}  // namespace

std::string mbox_entry(std::string_view message, std::string_view sender, UnixTime received) {
  std::string entry = "From ";
  entry += sender.empty() ? std::string_view("MAILER-DAEMON") : sender;
  entry += ' ';
  entry += asctime_text(received);
  entry += '\n';
  entry.reserve(entry.size() + message.size() + 64);
  while (const auto line = next_line(message)) {
    if (needs_quote(*line)) entry += '>';
    entry += *line;
    entry += '\n';
  }
  entry += '\n';
  return entry;
}

}  // namespace majlis::mail
