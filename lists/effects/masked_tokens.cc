#include "lists/effects/masked_tokens.h"

#include <algorithm>

#include "auth/base32.h"
#include "auth/token.h"
#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::lists {
namespace {

bool is_symbol(char c) { return (c >= '0' && c <= '9') || (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z'); }

// Masks what it finds. A token ends a stretch of letters and digits; "%20" may stand in front of it.
bool mask_tokens(const auth::SecretKeys& keys, UnixTime now, std::string& text) {
  bool is_any = false;
  std::size_t symbols = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && is_symbol(text[at])) {
      ++symbols;
      continue;
    }
    const bool may_be_one = symbols >= auth::kTokenSymbols;
    const std::size_t first = may_be_one ? at - auth::kTokenSymbols : at;
    if (may_be_one &&
        auth::looks_like_live_token(keys, std::string_view(text).substr(first, auth::kTokenSymbols), now)) {
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(first), auth::kTokenSymbols, '*');
      is_any = true;
    }
    symbols = 0;
  }
  return is_any;
}

}  // namespace

std::string with_tokens_masked(const auth::SecretKeys& keys, const mail::Message& message, UnixTime now) {
  std::string bytes(message.bytes());
  mask_tokens(keys, now, bytes);
  for (const mail::Part& part : message.scan().parts) {
    if (part.is_multipart()) continue;
    const std::string_view body = std::string_view(bytes).substr(part.body_begin, part.body_end - part.body_begin);
    std::string decoded = mail::decode_transfer(body, part.encoding);
    if (!mask_tokens(keys, now, decoded)) continue;
    std::replace_if(
        bytes.begin() + static_cast<std::ptrdiff_t>(part.body_begin),
        bytes.begin() + static_cast<std::ptrdiff_t>(part.body_end), [](char c) { return c != '\r' && c != '\n'; }, '*');
  }
  return bytes;
}

}  // namespace majlis::lists
