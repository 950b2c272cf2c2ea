#include "lists/effects/bans.h"

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;

class Bans : public ScratchList {
 protected:
  bool is_banned(const std::string& list, const std::string& address) const {
    return lists::is_banned(*reader(), list, *mail::Address::parse(address)).value();
  }
};

TEST_F(Bans, OfAListCountThereAndOfTheSiteEverywhere) {
  ASSERT_TRUE(add_bans(*site_, kCooks, {"*@bad.example", "ann@example.com"}, kNow).ok());
  ASSERT_TRUE(add_bans(*site_, "", {"*@*.spam.example"}, kNow).ok());
  EXPECT_TRUE(is_banned(kCooks, "anybody@bad.example"));
  EXPECT_TRUE(is_banned(kCooks, "ANN@Example.com"));
  EXPECT_FALSE(is_banned(kCooks, "ann+soup@example.com"));
  EXPECT_FALSE(is_banned("bakers@lists.example.org", "ann@example.com"));
  EXPECT_TRUE(is_banned("bakers@lists.example.org", "eve@mail.spam.example"));
  EXPECT_FALSE(is_banned(kCooks, "eve@spam.example"));
}

TEST_F(Bans, AreAddedAndRemovedAllTogether) {
  const BanChange added = add_bans(*site_, kCooks, {"a@x.example", "b@x.example", "a@x.example"}, kNow).value();
  EXPECT_EQ(added.changed, (std::vector<std::string>{"a@x.example", "b@x.example"}));
  EXPECT_EQ(added.unchanged, std::vector<std::string>{"a@x.example"});
  const BanChange removed = remove_bans(*site_, kCooks, {"a@x.example", "c@x.example"}).value();
  EXPECT_EQ(removed.changed, std::vector<std::string>{"a@x.example"});
  EXPECT_EQ(removed.unchanged, std::vector<std::string>{"c@x.example"});
  const std::vector<Ban> left = bans_of(*site_, kCooks).value();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].since, kNow);
  EXPECT_EQ(left[0].by, "majlis");
}

TEST_F(Bans, AboutAnAddressAreFoundWithWhoseTheyAre) {
  ASSERT_TRUE(add_bans(*site_, kCooks, {"ann@example.com", "*@example.com", "*@example.org"}, kNow).ok());
  ASSERT_TRUE(add_bans(*site_, "", {"ann*"}, kNow).ok());
  const auto found =
      bans_about(*site_, {*ListName::parse("cooks", kDomain)}, *mail::Address::parse("ann@example.com")).value();
  std::vector<std::string> names;
  for (const BanFound& one : found) names.push_back(one.list + " " + one.ban.pattern);
  EXPECT_EQ(names, (std::vector<std::string>{" ann*", "cooks@lists.example.org ann@example.com",
                                             "cooks@lists.example.org *@example.com"}));
}

TEST_F(Bans, BeyondThePatternsThereIsRoomForNothingIsChanged) {
  std::vector<std::string> patterns;
  for (std::size_t i = 0; i < kMaxBannedPatterns; ++i) patterns.push_back("*@host" + std::to_string(i) + ".example");
  ASSERT_TRUE(add_bans(*site_, kCooks, patterns, kNow).ok());
  const Result<BanChange> more = add_bans(*site_, kCooks, {"ann@example.com", "*@more.example"}, kNow);
  ASSERT_FALSE(more.ok());
  EXPECT_EQ(more.error().kind, ErrorKind::refused);
  EXPECT_FALSE(is_banned(kCooks, "ann@example.com"));
  EXPECT_TRUE(add_bans(*site_, kCooks, {"ann@example.com"}, kNow).ok());
  EXPECT_TRUE(add_bans(*site_, "", {"*@more.example"}, kNow).ok());
}

}  // namespace
}  // namespace majlis::lists
