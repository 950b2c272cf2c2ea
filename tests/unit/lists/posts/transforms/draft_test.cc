#include "lists/posts/transforms/draft.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

const std::string kRaw = "From: ann@example.com\nSubject: soup\n\nRice.\n";

TEST(Draft, FieldsStandInTheOrderTheyWereAddedHoweverOftenItIsRead) {
  const mail::Message original = mail::Message::open(kRaw);
  for (const bool reads : {false, true}) {
    Draft draft(original);
    draft.edit().add_field("X-A", "1");
    if (reads) {
      EXPECT_EQ(draft.message().field("X-A"), "1");
    }
    draft.edit().remove_fields("From");
    if (reads) {
      EXPECT_FALSE(draft.message().has_field("From"));
    }
    draft.edit().add_field("X-B", "2");
    EXPECT_EQ(draft.bytes(), "X-A: 1\nX-B: 2\nSubject: soup\n\nRice.\n") << reads;
  }
}

TEST(Draft, AFieldThatWasAddedCanBeRemoved) {
  const mail::Message original = mail::Message::open(kRaw);
  Draft draft(original);
  draft.edit().add_field("Sender", "eve@example.net");
  draft.edit().remove_fields("sender");
  draft.edit().add_field("Sender", "ann@example.com");
  EXPECT_EQ(draft.bytes(), "Sender: ann@example.com\n" + kRaw);
}

TEST(Draft, CopiesGoTheirOwnWays) {
  const mail::Message original = mail::Message::open(kRaw);
  Draft draft(original);
  draft.edit().remove_fields("From");
  EXPECT_EQ(draft.message().header(), "Subject: soup\n");
  Draft other = draft;
  other.edit().add_field("X-A", "1");
  EXPECT_EQ(other.message().field("X-A"), "1");
  EXPECT_EQ(draft.bytes(), "Subject: soup\n\nRice.\n");
  EXPECT_EQ(original.bytes(), kRaw);
}

}  // namespace
}  // namespace majlis::lists
