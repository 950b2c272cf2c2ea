#include "auth/token.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "auth/base32.h"

namespace majlis::auth {
namespace {

constexpr UnixTime kNow = 1'795'478'400;  // a full hour

SecretKey key_of(std::uint8_t id, unsigned char fill) {
  std::array<unsigned char, SecretKey::kOctets> octets{};
  octets.fill(fill);
  return {id, octets};
}

TokenGrant grant() { return {"cooks@lists.example.org", "subscribe", "anna@example.net", ""}; }

class Token : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(start_crypto().ok()); }
  SecretKeys keys_{key_of(7, 0x11)};
};

TEST_F(Token, IsTheSameForTheSameGrantExpiryAndKey) {
  EXPECT_EQ(make_token(keys_[0], grant(), kNow), make_token(keys_[0], grant(), kNow));
}

TEST_F(Token, HasThirtyTwoLowerCaseSymbolsWithoutLookAlikes) {
  const std::string token = make_token(keys_[0], grant(), kNow);
  EXPECT_EQ(token.size(), 32U);
  EXPECT_EQ(token.find_first_not_of(kBase32Symbols), std::string::npos);
  EXPECT_TRUE(looks_like_token(token));
}

TEST_F(Token, IsValidForItsGrantUntilItExpires) {
  const std::string token = make_token(keys_[0], grant(), kNow + 3600);
  const auto valid = check_token(keys_, token, grant(), kNow + 3599);
  ASSERT_TRUE(valid);
  EXPECT_EQ(valid->canonical, token);
  EXPECT_EQ(valid->expires, kNow + 3600);
  EXPECT_FALSE(check_token(keys_, token, grant(), kNow + 3600));
}

TEST_F(Token, RoundsItsExpiryUpToTheHour) {
  const auto valid = check_token(keys_, make_token(keys_[0], grant(), kNow + 1), grant(), kNow + 2);
  ASSERT_TRUE(valid);
  EXPECT_EQ(valid->expires, kNow + 3600);
}

TEST_F(Token, IsWorthNothingForAnyOtherGrant) {
  const std::string token = make_token(keys_[0], grant(), kNow + 3600);
  for (std::string TokenGrant::*field :
       {&TokenGrant::list, &TokenGrant::action, &TokenGrant::address, &TokenGrant::arguments}) {
    TokenGrant other = grant();
    other.*field += "x";
    EXPECT_FALSE(check_token(keys_, token, other, kNow));
  }
}

TEST_F(Token, DoesNotLetOneFieldFlowIntoTheNext) {
  TokenGrant moved = grant();
  moved.action = "subscribea";
  moved.address = "nna@example.net";
  EXPECT_FALSE(check_token(keys_, make_token(keys_[0], grant(), kNow + 3600), moved, kNow));
}

TEST_F(Token, IsReadInAnyLetterCaseAndWithLookAlikes) {
  const std::string token = make_token(keys_[0], grant(), kNow + 3600);
  std::string written;
  for (const char c : token) {
    written += c == '0' ? 'O' : c == '1' ? 'L' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  const auto valid = check_token(keys_, written, grant(), kNow);
  ASSERT_TRUE(valid);
  EXPECT_EQ(valid->canonical, token);
}

TEST_F(Token, IsInvalidWithAnyOneSymbolChanged) {
  const std::string token = make_token(keys_[0], grant(), kNow + 3600);
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char symbol : kBase32Symbols) {
      if (symbol == token[i]) continue;
      std::string other = token;
      other[i] = symbol;
      EXPECT_FALSE(check_token(keys_, other, grant(), kNow)) << other;
    }
  }
}

TEST_F(Token, IsInvalidWhenCutPaddedOrDecorated) {
  const std::string token = make_token(keys_[0], grant(), kNow + 3600);
  for (std::size_t length = 0; length < token.size(); ++length) {
    EXPECT_FALSE(check_token(keys_, token.substr(0, length), grant(), kNow));
  }
  for (const std::string& other : {token + "0", " " + token, token + "\n", token.substr(1) + "u", token.substr(1) + "-",
                                   token.substr(1) + std::string(1, '\0'), std::string(100'000, '0')}) {
    EXPECT_FALSE(check_token(keys_, other, grant(), kNow));
    EXPECT_FALSE(looks_like_token(other));
  }
}

TEST_F(Token, OfTheFormerKeyIsHonouredDuringARotation) {
  const std::string old_token = make_token(keys_[0], grant(), kNow + 3600);
  const SecretKeys rotated{key_of(8, 0x22), keys_[0]};
  EXPECT_TRUE(check_token(rotated, old_token, grant(), kNow));
  EXPECT_FALSE(check_token({key_of(8, 0x22)}, old_token, grant(), kNow));
  EXPECT_FALSE(check_token({key_of(7, 0x22)}, old_token, grant(), kNow));
}

TEST_F(Token, DiffersForDifferentKeysListsAndHours) {
  std::set<std::string> tokens;
  for (int hour = 0; hour < 50; ++hour) {
    tokens.insert(make_token(keys_[0], grant(), kNow + hour * 3600));
    tokens.insert(make_token(key_of(7, 0x33), grant(), kNow + hour * 3600));
  }
  EXPECT_EQ(tokens.size(), 100U);
}

TEST_F(Token, SurvivesTimesNoCalendarKnows) {
  for (const UnixTime time : {std::numeric_limits<UnixTime>::min(), UnixTime{-1}, UnixTime{0}}) {
    EXPECT_FALSE(check_token(keys_, make_token(keys_[0], grant(), time), grant(), 0));
  }
  EXPECT_TRUE(check_token(keys_, make_token(keys_[0], grant(), std::numeric_limits<UnixTime>::max()), grant(), kNow));
}

TEST_F(Token, IsLikeALiveOneUntilItExpiresWhateverItPermits) {
  const std::string token = make_token(keys_[0], grant(), kNow + 3600);
  EXPECT_TRUE(looks_like_live_token(keys_, token, kNow));
  EXPECT_FALSE(looks_like_live_token(keys_, token, kNow + 3600));
  EXPECT_FALSE(looks_like_live_token({key_of(8, 0x11)}, token, kNow));
  EXPECT_TRUE(looks_like_live_token(keys_, make_token(keys_[0], grant(), kNow + kLongestTokenLife), kNow));
  EXPECT_FALSE(looks_like_live_token(keys_, make_token(keys_[0], grant(), kNow + kLongestTokenLife + 7200), kNow));
  for (const std::string& other :
       {std::string(), token + "0", token.substr(1), "1" + token.substr(1), "-" + token.substr(1)}) {
    EXPECT_FALSE(looks_like_live_token(keys_, other, kNow)) << other;
  }
}

TEST_F(Token, OfNoEndIsGoodAndLooksSoWheneverItIsAsked) {
  const std::string token = make_token(keys_[0], grant(), kTokenOfNoEnd);
  EXPECT_TRUE(check_token(keys_, token, grant(), kNow));
  EXPECT_TRUE(looks_like_live_token(keys_, token, kNow));
  EXPECT_TRUE(looks_like_live_token(keys_, token, kTokenOfNoEnd - 1));
}

TEST(Base32, ReadsBackWhatItWrote) {
  for (unsigned seed = 0; seed < 256; ++seed) {
    TokenOctets octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<unsigned char>(seed * 37U + i * 101U);
    EXPECT_EQ(decode_base32(encode_base32(octets)), octets);
  }
}

TEST(LooksLikeToken, SaysNoToOrdinaryWords) {
  for (const std::string_view word : {"", "subscribe", "anna@example.net", "d41d8cd98f00b204e9800998ecf8427e"}) {
    EXPECT_FALSE(looks_like_token(word)) << word;
  }
}

}  // namespace
}  // namespace majlis::auth
