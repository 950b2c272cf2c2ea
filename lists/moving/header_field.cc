#include "lists/moving/header_field.h"

#include <algorithm>
#include <vector>

#include "mail/message.h"

namespace majlis::lists {
namespace {

// In front of the header a line that an mbox writer escaped may stand.
constexpr std::string_view kEscaped = ">From ";

}  // namespace

std::string header_field(std::string_view message, std::string_view name) {
  if (message.starts_with(kEscaped)) message.remove_prefix(std::min(message.find('\n'), message.size() - 1) + 1);
  const std::string_view header = message.substr(0, message.find("\n\n"));
  const std::vector<std::string> bodies = mail::Message::open(std::string(header) + "\n\n").fields(name);
  return bodies.empty() ? "" : bodies.front();
}

}  // namespace majlis::lists
