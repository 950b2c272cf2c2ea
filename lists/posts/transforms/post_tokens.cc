#include "lists/posts/transforms/post_tokens.h"

#include "base/text.h"
#include "lists/posts/transforms/anonymity.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxSenderOctets = 250;

std::string from_text(const mail::Message& message) {
  const std::string from = message.field("From").value_or("");
  const std::string read = mail::one_line(mail::decode_words(mail::to_utf8(from, "utf-8")));
  return std::string(utf8_prefix(read, kMaxSenderOctets));
}

}  // namespace

PostTokens tokens_of(const List& list, const mail::Message& message, SenderAs sender) {
  PostTokens tokens{list.name().name(), {}, MAJLIS_VERSION};
  if (is_anonymous(list)) {
    tokens.sender = list.address();
  } else if (sender == SenderAs::from_text) {
    tokens.sender = from_text(message);
  } else if (const auto author = message.author()) {
    tokens.sender = author->address.text();
  }
  return tokens;
}

std::optional<mail::Address> address_from_tokens(const List& list, const mail::Message& message, Setting setting) {
  const std::string filled = fill_in_tokens(list.config().text(setting), tokens_of(list, message, SenderAs::address));
  return mail::Address::parse(filled == list.name().name() ? list.address() : list.with_host(filled));
}

}  // namespace majlis::lists
