#include "lists/effects/masked_tokens.h"

#include <gtest/gtest.h>

#include "auth/base32.h"
#include "auth/token.h"
#include "mail/coding/decode.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'795'478'400;

class MaskedTokens : public testing::Test {
 protected:
  MaskedTokens() { EXPECT_TRUE(auth::start_crypto().ok()); }

  std::string masked(const std::string& raw) const {
    return with_tokens_masked({key_}, mail::Message::open(raw), kNow);
  }

  const auth::SecretKey key_{1, {1, 2, 3}};
  const std::string token_ =
      auth::make_token(key_, {"cooks@lists.example.org", "any", "joe@example.org", ""}, auth::kTokenOfNoEnd);
  const std::string stars_ = std::string(auth::kTokenSymbols, '*');
};

TEST_F(MaskedTokens, AreStarsInTheLetterThatCameBack) {
  const std::string front =
      "From: mailer-daemon@example.com\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: "
      "message/rfc822\n\nList-Unsubscribe: <mailto:l?subject=unsubscribe%20joe%40example.org%20";
  const std::string behind = ">\n\nRice.\n--b--\n";
  EXPECT_EQ(masked(front + token_ + behind), front + stars_ + behind);
}

TEST_F(MaskedTokens, WhatIsNoLiveTokenStaysAsItIs) {
  const std::string expired = auth::make_token(key_, {"l", "any", "a", ""}, kNow - 3600);
  const std::string raw = "Subject: x\n\n" + expired + " " + token_.substr(1) + " " + token_ + "0\n";
  EXPECT_EQ(masked(raw), raw);
}

TEST_F(MaskedTokens, OfAnEncodedPartThatHasOneNothingIsLeft) {
  const std::string text = "List-Unsubscribe: <mailto:l?subject=" + token_ + ">\n";
  const std::string split = "Subject: x\nContent-Transfer-Encoding: quoted-printable\n\n" + token_.substr(0, 20) +
                            "=\n" + token_.substr(20) + "\n";
  EXPECT_EQ(masked(split).find(token_.substr(0, 20)), std::string::npos);
  EXPECT_EQ(masked(split).find(token_.substr(20)), std::string::npos);
  const std::string head = "Subject: x\nContent-Transfer-Encoding: base64\n\n";
  const std::string base64 = mail::encode_base64(text);
  const std::string hidden = masked(head + base64);
  EXPECT_EQ(hidden.size(), head.size() + base64.size());
  EXPECT_EQ(hidden.find_first_not_of("*\r\n", head.size()), std::string::npos) << hidden;
}

}  // namespace
}  // namespace majlis::lists
