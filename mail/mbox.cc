#include "mail/mbox.h"

#include "base/text.h"

namespace majlis::mail {
namespace {

// "Tue Nov 24 00:12:01 2026", the asctime form that mbox readers expect, made from the RFC 5322 date so that the locale
// has no say.
std::string mbox_date(UnixTime time) {
  const std::string date = rfc5322_date(time);  // "Tue, 24 Nov 2026 00:12:01 +0000"
  return date.substr(0, 3) + " " + date.substr(8, 3) + " " + date.substr(5, 2) + " " + date.substr(17, 8) + " " +
         date.substr(12, 4);
}

bool needs_quote(std::string_view line) {
  const std::size_t first = line.find_first_not_of('>');
  return first != std::string_view::npos && line.substr(first).starts_with("From ");
}

}  // namespace

std::string mbox_entry(std::string_view message, std::string_view sender, UnixTime received) {
  std::string entry = "From ";
  entry += sender.empty() ? std::string_view("MAILER-DAEMON") : sender;
  entry += ' ';
  entry += mbox_date(received);
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
