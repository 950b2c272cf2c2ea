// Bans, and when threads began.
#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

using BanRows = ScratchSite;

std::vector<std::string> patterns_of(const View& state, std::string_view list, Bans which) {
  std::vector<std::string> patterns;
  for (const Ban& ban : got(state.bans(list, which, 100))) patterns.push_back(ban.pattern);
  return patterns;
}

TEST_F(BanRows, AreKeptByListAndPatternsApart) {
  {
    auto site = writer();
    for (const char* pattern : {"*@bad.example", "zoe@example.org", "ann@example.org", "spam*"}) {
      EXPECT_TRUE(got(site->add_ban(kCooks, {pattern, 77, "majlis"})));
    }
    EXPECT_TRUE(got(site->add_ban("", {"*@worse.example", 78, "majlis"})));
    EXPECT_FALSE(got(site->add_ban(kCooks, {"spam*", 99, "mona@example.org"})));
    ASSERT_TRUE(site->commit().ok());
  }
  const auto state = reader();
  using Names = std::vector<std::string>;
  EXPECT_EQ(patterns_of(*state, kCooks, Bans::all),
            (Names{"ann@example.org", "zoe@example.org", "*@bad.example", "spam*"}));
  EXPECT_EQ(patterns_of(*state, kCooks, Bans::patterns), (Names{"*@bad.example", "spam*"}));
  EXPECT_EQ(patterns_of(*state, "", Bans::all), Names{"*@worse.example"});
  EXPECT_EQ(patterns_of(*state, kBakers, Bans::all), Names());
  const auto ban = got(state->find_ban(kCooks, "spam*"));
  ASSERT_TRUE(ban);
  EXPECT_EQ(ban->since, 77);
  EXPECT_EQ(ban->by, "majlis");
  EXPECT_FALSE(got(state->find_ban(kCooks, "spam")));
  EXPECT_EQ(got(state->bans(kCooks, Bans::all, 2)).size(), 2U);
}

TEST_F(BanRows, GoOneByOneOrWithTheirList) {
  auto site = writer();
  for (const char* pattern : {"*@bad.example", "ann@example.org"}) got(site->add_ban(kCooks, {pattern, 1, ""}));
  got(site->add_ban("", {"*@bad.example", 1, ""}));
  EXPECT_TRUE(got(site->remove_ban(kCooks, "ann@example.org")));
  EXPECT_FALSE(got(site->remove_ban(kCooks, "ann@example.org")));
  EXPECT_EQ(patterns_of(*site, kCooks, Bans::all).size(), 1U);
  ASSERT_TRUE(site->put_thread(kCooks, "digest", 5, 100).ok());
  ASSERT_TRUE(site->put_thread(kBakers, "digest", 6, 100).ok());
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  EXPECT_EQ(patterns_of(*site, kCooks, Bans::all).size(), 0U);
  EXPECT_EQ(patterns_of(*site, "", Bans::all).size(), 1U);
  EXPECT_FALSE(got(site->thread_begin(kCooks, "digest")));
  EXPECT_EQ(got(site->thread_begin(kBakers, "digest")), 6);
}

TEST_F(BanRows, ThreadsAreForgottenInTime) {
  auto site = writer();
  ASSERT_TRUE(site->put_thread(kCooks, "digest", 5, 100).ok());
  EXPECT_EQ(got(site->forget_expired(99, 10)), 0U);
  EXPECT_EQ(got(site->thread_begin(kCooks, "digest")), 5);
  EXPECT_EQ(got(site->forget_expired(100, 10)), 1U);
  EXPECT_FALSE(got(site->thread_begin(kCooks, "digest")));
}

TEST_F(BanRows, HowManyOfAMembersPostsPassedGoesWithTheMember) {
  auto site = writer();
  const Member joe = member("Joe@example.org", 123);
  got(site->add_member(kCooks, joe));
  const ChangeNumber before = got(site->change_number());
  EXPECT_EQ(got(site->accepted_posts(kCooks, joe.address)), 0U);
  ASSERT_TRUE(site->set_accepted_posts(kCooks, joe.address, 3).ok());
  EXPECT_EQ(got(site->change_number()), before);
  EXPECT_EQ(got(site->accepted_posts(kCooks, address("joe@example.org"))), 3U);
  EXPECT_EQ(got(site->accepted_posts(kBakers, joe.address)), 0U);
  EXPECT_TRUE(got(site->remove_member(kCooks, joe.address)));
  EXPECT_EQ(got(site->accepted_posts(kCooks, joe.address)), 0U);
}

TEST_F(BanRows, WhatWaitsAboutAnAddressIsFoundByKindAndAddress) {
  auto site = writer();
  for (const char* id : {"b", "a"}) {
    ASSERT_TRUE(site->put_pending({kCooks, id, "post", "ann@example.org", "", "", 1, 2}).ok());
  }
  ASSERT_TRUE(site->put_pending({kCooks, "c", "post", "anna@example.org", "", "", 1, 2}).ok());
  ASSERT_TRUE(site->put_pending({kCooks, "d", "join", "ann@example.org", "", "", 1, 2}).ok());
  const auto items = got(site->pending_about(kCooks, "post", "ann@example.org", 10));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].id + items[1].id, "ab");
  EXPECT_EQ(got(site->pending_about(kCooks, "post", "ann@example.org", 1)).size(), 1U);
}

}  // namespace
}  // namespace majlis::store
