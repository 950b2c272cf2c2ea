// No byte string is a valid token; what was made is valid for its own grant and as it stands.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "auth/token.h"

namespace {

constexpr majlis::UnixTime kNow = 1'795'478'400;

const majlis::auth::SecretKeys& keys() {
  static const majlis::auth::SecretKeys kKeys = [] {
    if (!majlis::auth::start_crypto().ok()) std::abort();
    std::array<unsigned char, majlis::auth::SecretKey::kOctets> octets{};
    octets.fill(0x5A);
    return majlis::auth::SecretKeys{{1, octets}};
  }();
  return kKeys;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const majlis::auth::TokenGrant grant{"cooks@lists.example.org", "subscribe", "anna@example.net", ""};
  // The key is not in the seeds' hands, so a token of this key cannot be found by trying.
  if (majlis::auth::check_token(keys(), text, grant, kNow)) std::abort();
  // What was made is valid for its own arguments only, and only as long as nothing is put beside it.
  majlis::auth::TokenGrant other = grant;
  other.arguments = text;
  const std::string token = majlis::auth::make_token(keys().front(), other, kNow + 1);
  if (!majlis::auth::looks_like_token(token)) std::abort();
  if (!majlis::auth::check_token(keys(), token, other, kNow)) std::abort();
  if (!text.empty() && majlis::auth::check_token(keys(), token, grant, kNow)) std::abort();
  if (!text.empty() && majlis::auth::check_token(keys(), token + std::string(text), other, kNow)) std::abort();
  return 0;
}
