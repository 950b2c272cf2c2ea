#include "lists/posts/reading/resent.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

mail::Message with(const std::string& fields) {
  return mail::Message::open(fields + "From: ann@example.org\n\nRice.\n");
}

TEST(Resent, IsWhatHasAnyOfItsFields) {
  EXPECT_TRUE(is_resent(with("Resent-Date: x\n")));
  EXPECT_TRUE(is_resent(with("resent-to: x\n")));
  EXPECT_FALSE(is_resent(with("")));
  EXPECT_FALSE(is_resent(with("X-Resent-To: x\n")));
}

TEST(Resent, TheLastToDoItStandsOnTop) {
  const mail::Message twice = with("Resent-From: Bob <bob@example.net>\nResent-From: eve@example.com\n");
  EXPECT_EQ(resender_of(twice)->address, *mail::Address::parse("bob@example.net"));
  EXPECT_FALSE(resender_of(with("Resent-From: nobody at all\n")));
  EXPECT_FALSE(resender_of(with("")));
}

}  // namespace
}  // namespace majlis::lists
