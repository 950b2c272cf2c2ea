#include "lists/posts/reading/secret_words.h"

#include <gtest/gtest.h>

#include <ctime>

namespace majlis::lists {
namespace {

TEST(SecretWords, NoBreakSpacesStandForBlanks) {
  const mail::Message message =
      mail::Message::open("Subject: x\n\napprove\xC2\xA0s3cret-word\xC2\xA0\xC2\xA0who cooks\n");
  EXPECT_EQ(words_that_may_be_secret(message), std::vector<std::string>{"s3cret-word"});
}

// Where the rest of the line moves at each of them, these ten megabytes take eleven seconds.
TEST(SecretWords, LinesOfNoBreakSpacesCostLinearTime) {
  constexpr int kParts = 38;
  std::string line;
  while (line.size() < 256U * 1024U) line += "\xC2\xA0";
  std::string text = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < kParts; ++i) text += "--b\n\n" + line + "\n";
  const mail::Message message = mail::Message::open(text + "--b--\n");
  const std::clock_t start = std::clock();
  EXPECT_TRUE(words_that_may_be_secret(message).empty());
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 4.0);
}

}  // namespace
}  // namespace majlis::lists
