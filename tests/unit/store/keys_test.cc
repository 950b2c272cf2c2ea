#include "store/keys.h"
#include "store/records.h"

#include <gtest/gtest.h>

namespace majlis::store {
namespace {

std::string text_key(std::string_view a, std::string_view b) { return Key(Table::seen).text(a).text(b).octets(); }

TEST(Keys, ReverseTheDomainByLabels) {
  EXPECT_EQ(reversed_domain("lists.example.org"), "org.example.lists");
  EXPECT_EQ(reversed_domain("localhost"), "localhost");
}

TEST(Keys, KeepPartsApartEvenWithNulsInside) {
  const std::string nul("a\0", 2);
  EXPECT_NE(text_key("a", "b"), text_key("ab", ""));
  EXPECT_NE(text_key(nul, "b"), text_key("a", std::string("\0b", 2)));
  EXPECT_LT(text_key("a", "z"), text_key("aa", "a"));
}

TEST(Keys, GiveBackTextAndTime) {
  const std::string odd("x\0\xFF\x01y", 5);
  const std::string octets = Key(Table::expiry).time(-7).text(odd).octets();
  std::string_view rest = std::string_view(octets).substr(1);
  EXPECT_EQ(take_time(rest), -7);
  EXPECT_EQ(take_text(rest), odd);
  EXPECT_TRUE(rest.empty());
}

TEST(Keys, RefuseAMalformedPart) {
  for (const std::string_view bad :
       {std::string_view("abc"), std::string_view("ab\0", 3), std::string_view("a\0\x02", 3)}) {
    std::string_view rest = bad;
    EXPECT_FALSE(take_text(rest).has_value());
  }
  std::string_view few = "1234567";
  EXPECT_FALSE(take_time(few).has_value());
}

TEST(Keys, SortTimesAcrossZero) {
  const auto key = [](UnixTime time) { return Key(Table::expiry).time(time).octets(); };
  EXPECT_LT(key(-1), key(0));
  EXPECT_LT(key(0), key(1));
  EXPECT_LT(key(255), key(256));
}

TEST(Keys, KnowWhenAPartIsTooLong) {
  EXPECT_FALSE(Key(Table::token).text(std::string(kMaxKeyPartOctets, 'a')).is_too_long());
  EXPECT_TRUE(Key(Table::token).text(std::string(kMaxKeyPartOctets + 1, 'a')).is_too_long());
}

TEST(Keys, MakeACursorThatLeadsBackToTheRow) {
  const mail::Address joe = *mail::Address::parse("Joe/Work@mail.example.org");
  EXPECT_EQ(cursor_for(joe), "org.example.mail/joe/work");
  EXPECT_EQ(key_of_cursor("l@d.org", cursor_for(joe)), Key(Table::roster).text("l@d.org").address(joe).octets());
  EXPECT_FALSE(key_of_cursor("l@d.org", "nonsense").has_value());
}

}  // namespace
}  // namespace majlis::store
