#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/secret_file.h"
#include "base/clock.h"

namespace majlis::auth {

// Everything a token permits. All of it is under the MAC, length-prefixed.
struct TokenGrant {
  std::string list;       // posting address, canonical
  std::string action;     // "subscribe", "unsubscribe", "approve-post" ...
  std::string address;    // canonical address or the id of the pending item
  std::string arguments;  // further arguments, "" when none
};

constexpr UnixTime kDefaultTokenLife = 48 * 3600;
constexpr UnixTime kLongestTokenLife = 62 * 24 * 3600;  // hold_days and renewal_delay_days are at most 60
// Expires with what its grant names, and not by itself: the last hour that a token can tell.
constexpr UnixTime kTokenOfNoEnd = ((1LL << 20U) - 1) * 3600;

// About 32 symbols of Crockford base32 (no i l o u): one word, lower case, that fits a local
// part beside "LIST-confirm+". Layout: version and key id, expiry in hours, then the 128-bit MAC
// (crypto_auth truncated). Deterministic: the same grant, expiry and key give the same token, so that a second run of
// the same message mails the same one. Expiry is rounded up to the hour.
std::string make_token(const SecretKey& key, const TokenGrant& grant, UnixTime expires);

// nullopt unless the token reads strictly (letter case ignored, o=0, i=l=1), is of a known version and key, is not
// expired at `now`, and its MAC covers exactly this grant; compared in constant time. The value is the token's
// canonical form, the key under which its use is remembered, and its expiry.
struct ValidToken {
  std::string canonical;
  UnixTime expires;
};
std::optional<ValidToken> check_token(const SecretKeys& keys, std::string_view token, const TokenGrant& grant,
                                      UnixTime now);

// Whether a word has the form of a token of this site that is still good. What it permits is not known here, so its MAC
// is not looked at: of other words of that length and alphabet fewer than one in a million is taken for one.
bool looks_like_live_token(const SecretKeys& keys, std::string_view word, UnixTime now);

// A word that has the form of a token as it is remembered: lower case, without look-alikes. nullopt: it has not.
std::optional<std::string> canonical_token(std::string_view word);

// True when a word has the form of a token (used to blank secrets in anything shown to people).
bool looks_like_token(std::string_view word);

}  // namespace majlis::auth
