#include "commands/secret_words.h"

#include <gtest/gtest.h>

#include "auth/token.h"

namespace majlis::commands {
namespace {

std::string a_token() {
  const auth::SecretKey key(1, {});
  return auth::make_token(key, {"cooks@lists.example.org", "subscribe", "ann@example.com", ""}, 3600);
}

TEST(SecretWords, ATokenIsSecretAloneAndBehindTheIdOfAHeldPost) {
  EXPECT_TRUE(is_secret(a_token()));
  EXPECT_TRUE(is_secret("0123456789." + a_token()));
  EXPECT_FALSE(is_secret("cooks"));
  EXPECT_FALSE(is_secret("ann@example.com"));
}

TEST(SecretWords, OnlySecretsAreBlankedInWhatIsShown) {
  EXPECT_EQ(shown_words("subscribe " + a_token() + " cooks", 100), "subscribe *** cooks");
  EXPECT_EQ(shown_words("ann@@example.com", 100), "ann@@example.com");
}

}  // namespace
}  // namespace majlis::commands
