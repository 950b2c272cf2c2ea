#include "commands/reading/person_words.h"

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxNameOctets = 200;

std::string shown_name(std::string_view name) {
  const bool is_quoted = name.starts_with('"') && name.ends_with('"');
  const bool is_comment = name.starts_with('(') && name.ends_with(')');
  if (name.size() > 1 && (is_quoted || is_comment)) name = name.substr(1, name.size() - 2);
  return printable_utf8(trim(name), kMaxNameOctets);
}

}  // namespace

std::optional<NamedPerson> named_person(std::string_view words) {
  words = trim(words);
  const std::size_t blank = words.find(' ');
  std::string_view first = words.substr(0, blank);
  if (first.starts_with('<') && first.ends_with('>')) first = first.substr(1, first.size() - 2);
  if (const auto address = mail::Address::parse(first)) {
    NamedPerson person{*address, std::nullopt};
    const std::string_view name = blank == std::string_view::npos ? "" : trim(words.substr(blank));
    if (!name.empty()) person.name = name == "*" ? "" : shown_name(name);
    return person;
  }
  const auto mailbox = mail::parse_mailbox(words);
  if (!mailbox) return std::nullopt;
  NamedPerson person{mailbox->address, std::nullopt};
  if (!mailbox->display.empty()) person.name = shown_name(mailbox->display);
  return person;
}

}  // namespace majlis::commands
