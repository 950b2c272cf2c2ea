#include "lists/post_tokens.h"

#include <array>

#include "base/text.h"
#include "mail/decode.h"
#include "mail/encoded_words.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxSenderOctets = 250;

struct TokenRow {
  std::string_view written;
  std::string PostTokens::*value;
};
constexpr std::array kTokens = {TokenRow{"$LIST", &PostTokens::list}, TokenRow{"$SENDER", &PostTokens::sender},
                                TokenRow{"$VERSION", &PostTokens::version}};

std::string cut(std::string text, std::size_t max_octets) {
  if (text.size() <= max_octets) return text;
  while (max_octets > 0 && (static_cast<unsigned char>(text[max_octets]) & 0xC0U) == 0x80U) --max_octets;
  text.resize(max_octets);
  return text;
}

std::string from_text(const mail::Message& message) {
  const std::string from = message.field("From").value_or("");
  return cut(mail::one_line(mail::decode_words(mail::to_utf8(from, "utf-8"))), kMaxSenderOctets);
}

}  // namespace

PostTokens tokens_of(const List& list, const mail::Message& message, SenderAs sender) {
  PostTokens tokens{list.name().name(), {}, MAJLIS_VERSION};
  if (sender == SenderAs::from_text) {
    tokens.sender = from_text(message);
  } else if (const auto author = message.author()) {
    tokens.sender = author->address.text();
  }
  return tokens;
}

std::string fill_in_tokens(std::string_view text, const PostTokens& tokens) {
  std::string filled;
  while (!text.empty() && filled.size() < kMaxFilledOctets) {
    const std::size_t next = text.find_first_of("$\\");
    filled += text.substr(0, next);
    if (next == std::string_view::npos) break;
    text.remove_prefix(next);
    std::size_t taken = 1;
    std::string_view put = text.substr(0, 1);
    if (text.starts_with("\\$")) {
      taken = 2;
      put = "$";
    }
    for (const TokenRow& row : kTokens) {
      if (!text.starts_with(row.written)) continue;
      taken = row.written.size();
      put = tokens.*row.value;
    }
    filled += put;
    text.remove_prefix(taken);
  }
  return cut(std::move(filled), kMaxFilledOctets);
}

}  // namespace majlis::lists
