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

void write_mbox_entry(std::string_view message, std::string_view sender, UnixTime received,
                      const std::function<void(std::string_view)>& put) {
  put("From " + std::string(sender.empty() ? "MAILER-DAEMON" : sender) + " " + asctime_text(received) + "\n");
  // Lines that stand as they came go out together.
  std::string_view rest = message;
  std::size_t waiting_from = 0;
  const auto put_until = [&](std::size_t end) {
    if (end > waiting_from) put(message.substr(waiting_from, end - waiting_from));
  };
  while (const auto line = next_line(rest)) {
    const auto begin = static_cast<std::size_t>(line->data() - message.data());
    const std::size_t behind = message.size() - rest.size();
    if (needs_quote(*line)) {
      put_until(begin);
      put(">");
      waiting_from = begin;
    }
    if (behind != begin + line->size() + 1 || message[behind - 1] != '\n') {  // CRLF, or no line end
      put_until(begin + line->size());
      put("\n");
      waiting_from = behind;
    }
  }
  put_until(message.size());
  put("\n");
}

std::optional<std::string> message_of_mbox_entry(std::string_view entry) {
  std::string_view rest = entry;
  const auto from = next_line(rest);
  if (!from || !from->starts_with("From ")) return std::nullopt;
  if (rest.ends_with("\n\n")) rest.remove_suffix(1);
  std::string message;
  message.reserve(rest.size());
  while (const auto line = next_line(rest)) {
    const bool is_quoted = line->starts_with('>') && needs_quote(*line);
    message.append(is_quoted ? line->substr(1) : *line).append("\n");
  }
  return message;
}

}  // namespace majlis::mail
