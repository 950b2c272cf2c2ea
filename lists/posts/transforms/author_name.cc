#include "lists/posts/transforms/author_name.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"
#include "mail/composer.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNameOctets = 120;
constexpr std::string_view kNobody = "?";
// '@' and what is shown as one: small, full-width.
constexpr std::array<std::string_view, 3> kAtSigns = {"@", "\xEF\xB9\xAB", "\xEF\xBC\xA0"};
constexpr std::string_view kOpening = "'\"<([{";

// What people read of a name. A program that decodes once more would read what stands inside.
std::string readable(const std::string& written) {
  const std::string once = mail::decode_words(mail::to_utf8(written, ""));
  return mail::one_line(with_plain_blanks(mail::decode_words(once)));
}

std::string_view before_at_sign(std::string_view word) {
  std::size_t end = word.size();
  for (const std::string_view sign : kAtSigns) end = std::min(end, word.find(sign));
  if (end >= word.size()) return word;
  word = word.substr(0, end);
  word.remove_prefix(std::min(word.find_first_not_of(kOpening), word.size()));
  return word;
}

std::string without_addresses(const std::string& text) {
  std::string name;
  for (const std::string_view word : split_at(text, ' ')) {
    const std::string_view kept = before_at_sign(word);
    if (kept.empty()) continue;
    if (!name.empty()) name += ' ';
    name += kept;
  }
  return std::string(trim(utf8_prefix(name, kMaxNameOctets)));
}

}  // namespace

std::string name_without_address(const mail::Mailbox& author) {
  std::string name = without_addresses(readable(author.display));
  if (name.empty()) name = without_addresses(mail::one_line(with_plain_blanks(author.address.local())));
  return name.empty() ? std::string(kNobody) : name;
}

std::string mailbox_field(const mail::Mailbox& mailbox) {
  return mail::display_mailbox(readable(mailbox.display), mailbox.address);
}

}  // namespace majlis::lists
