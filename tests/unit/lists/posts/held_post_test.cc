// What is kept of a held post, as versions wrote it.
#include "lists/posts/held/held_post.h"

#include <gtest/gtest.h>

#include "store/codec.h"

namespace majlis::lists {
namespace {

HeldPost read(std::string details) {
  store::PendingItem item;
  item.details = std::move(details);
  Result<HeldPost> post = read_held_post(item);
  EXPECT_TRUE(post.ok()) << (post ? "" : post.error().what);
  return post ? *post : HeldPost();
}

std::string of_version_1(std::string_view reason) {
  return store::RowWriter(1).text("Rice").text("<1@x>").text("moderated").text(reason).number(70).take();
}

TEST(HeldPost, KeepsItsReasonsWithTheirValues) {
  const HeldPost post = {
      .subject = "Rice",
      .message_id = "<1@x>",
      .rule = "moderated",
      .reasons = {{ReasonId::moderated}, {ReasonId::stranger, {{"who", std::string("a\t=\n;\0", 6)}}}},
      .size_octets = 70,
  };
  const HeldPost kept = read(details_of(post));
  EXPECT_EQ(kept.subject, "Rice");
  EXPECT_EQ(kept.message_id, "<1@x>");
  EXPECT_EQ(kept.rule, "moderated");
  EXPECT_EQ(kept.reasons, post.reasons);
  EXPECT_EQ(kept.size_octets, 70U);
}

TEST(HeldPost, OfVersion1HasOneReasonInWords) {
  const std::string words = "Approval required; Message too long (9 of at most ${limit} octets)";
  const HeldPost kept = read(of_version_1(words));
  EXPECT_EQ(in_english(kept.reasons), words);
  EXPECT_EQ(words_of(kept.reasons), std::vector<std::string>{"in_words"});
  EXPECT_EQ(kept.size_octets, 70U);
  EXPECT_TRUE(read(of_version_1("")).reasons.empty());
}

TEST(HeldPost, AReasonOfALaterVersionIsShownByItsWord) {
  store::RowWriter row(2);
  row.text("Rice").text("<1@x>").text("scanner").number(1).text("scanner_down").number(1).text("host").text("h");
  const HeldPost kept = read(row.number(70).take());
  EXPECT_EQ(in_english(kept.reasons), "scanner_down");
}

TEST(HeldPost, DamageIsTold) {
  const std::string whole = details_of({.reasons = {{ReasonId::stranger, {{"who", "ann@example.com"}}}}});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    store::PendingItem item;
    item.details = whole.substr(0, length);
    const Result<HeldPost> post = read_held_post(item);
    ASSERT_FALSE(post.ok()) << length;
    EXPECT_EQ(post.error().kind, ErrorKind::damaged) << length;
  }
}

}  // namespace
}  // namespace majlis::lists
