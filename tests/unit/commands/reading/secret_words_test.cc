#include "commands/reading/secret_words.h"

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

TEST(SecretWords, OfWhatShouldBeAnAddressOnlyAddressesAreShown) {
  EXPECT_EQ(shown_words("hunter2 " + a_token() + " ann@@example.com", 100), "*** *** ann@@example.com");
  EXPECT_EQ(shown_words("p@ssword p@ss.word! <ann@example.com>", 100), "*** *** <ann@example.com>");
}

TEST(SecretWords, WhatIsCalledAPasswordIsOne) {
  for (const char* word : {"PW=hunter2", "pw=x", "Password:hunter2", "approved=hunter2"}) {
    EXPECT_TRUE(is_secret(word)) << word;
  }
  for (const char* word : {"pw=", "pw", "subject=help", "a:b"}) EXPECT_FALSE(is_secret(word)) << word;
}

TEST(SecretWords, AFileIsKnownByItsEndingOrItsMonth) {
  EXPECT_TRUE(looks_like_file("rice.txt"));
  EXPECT_TRUE(looks_like_file("2026-11"));
  for (const char* word : {"hunter2-hunter2", "hunter2.", ".txt", "tomato.secret", "2026-1x", ""}) {
    EXPECT_FALSE(looks_like_file(word)) << word;
  }
}

}  // namespace
}  // namespace majlis::commands
