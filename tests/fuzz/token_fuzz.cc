// No byte string is a valid token but the one that was made, in whatever spelling.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
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
  const auto valid = majlis::auth::check_token(keys(), text, grant, kNow);
  if (valid && (!majlis::auth::looks_like_token(text) || valid->expires <= kNow ||
                valid->canonical != majlis::auth::make_token(keys().front(), grant, valid->expires))) {
    std::abort();
  }
  majlis::auth::TokenGrant other = grant;
  other.address = "eve@example.net";
  if (valid && majlis::auth::check_token(keys(), text, other, kNow)) std::abort();
  // The key is not in the seeds' hands: a token of this key cannot be found by trying.
  if (valid) std::abort();
  return 0;
}
