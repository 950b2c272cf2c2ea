#include "lists/posts/transforms/post_tokens.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace majlis::lists {
namespace {

const PostTokens kTokens = {"cooks", "Ann $LIST <ann@example.com>", "1.2"};

TEST(PostTokens, AreFilledInWhereverTheyStand) {
  EXPECT_EQ(fill_in_tokens("[$LIST] $VERSION$LIST", kTokens), "[cooks] 1.2cooks");
  EXPECT_EQ(fill_in_tokens("", kTokens), "");
  EXPECT_EQ(fill_in_tokens("$", kTokens), "$");
}

TEST(PostTokens, AreNeverReadAgain) { EXPECT_EQ(fill_in_tokens("$SENDER", kTokens), kTokens.sender); }

TEST(PostTokens, LeaveOtherWordsAndBackslashesAlone) {
  EXPECT_EQ(fill_in_tokens("$list $HOME $SEQNUM a\\b $$LIST", kTokens), "$list $HOME $SEQNUM a\\b $cooks");
}

TEST(PostTokens, ABackslashProtectsEveryOne) { EXPECT_EQ(fill_in_tokens("\\$LIST \\$LIST", kTokens), "$LIST $LIST"); }

TEST(PostTokens, NeverGrowBeyondTheirBound) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "$LIST";
  PostTokens tokens{std::string(500, 'x') + "\xC3\xA9", "", ""};
  const std::string filled = fill_in_tokens(text, tokens);
  EXPECT_LE(filled.size(), kMaxFilledOctets);
  EXPECT_TRUE(is_valid_utf8(filled));
}

}  // namespace
}  // namespace majlis::lists
