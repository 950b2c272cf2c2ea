#include "lists/members/membership_request.h"
#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Held : public AdminSite {
 protected:
  Held() { make_list("cooks", ""); }

  void add_message(const std::string& id, const std::string& bytes) const {
    const std::string folder = list("cooks").directory() + "/held";
    ASSERT_TRUE(make_directories(folder, 0700).ok());
    ASSERT_TRUE(replace_file(folder + "/" + id + ".eml", bytes, 0600).ok());
  }
};

TEST_F(Held, AreListedOneALineById) {
  add_held("bbbb", "second");
  add_held("aaaa", "first");
  EXPECT_EQ(majlis({"held", "cooks", "list"}).out,
            "aaaa  2001-09-09T01:46:40Z  post  42  moderated  ann@example.org  first\n"
            "bbbb  2001-09-09T01:46:40Z  post  42  moderated  ann@example.org  second\n");
}

// U+202A turns the direction of what follows it on the line.
TEST_F(Held, AListingShowsHiddenAndTurningCharactersAsTheirOctets) {
  add_held("aaaa", "pay \xE2\x80\xAAgro.live\x1B[2J\nnow");
  const Ran ran = majlis({"held", "cooks", "list"});
  EXPECT_THAT(ran.out, HasSubstr("pay \\xe2\\x80\\xaagro.live\\x1b[2J now\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("\xE2\x80\xAA")));
}

// More than a page of the store.
TEST_F(Held, AreAllListedHoweverManyThereAre) {
  constexpr int kMany = 2'500;
  auto state = writer();
  for (int i = 0; i < kMany; ++i) {
    store::PendingItem item;
    item.list = lists::kCooks;
    item.id = std::to_string(10'000 + i);
    item.kind = lists::kPendingPost;
    item.details = lists::details_of({});
    ASSERT_TRUE(state->put_pending(item).ok());
  }
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  const std::string out = majlis({"held", "cooks", "list", "--json"}).out;
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), kMany);
  EXPECT_THAT(out, HasSubstr("\"id\": \"10000\""));
  EXPECT_THAT(out, HasSubstr("\"id\": \"12499\""));
}

TEST_F(Held, OneThatIsNotThereIsToldWithTheNextStep) {
  for (const char* verb : {"show", "approve", "reject", "discard"}) {
    const Ran ran = majlis({"held", "cooks", verb, "zzzz"});
    EXPECT_EQ(ran.status, 1) << verb;
    EXPECT_THAT(ran.err, HasSubstr("'majlis held cooks list' shows what waits")) << verb;
  }
}

TEST_F(Held, OneIsShownOctetForOctet) {
  add_held("aaaa", "soup");
  add_message("aaaa", "Subject: soup\r\n\r\nhot \xFF\n");
  EXPECT_EQ(majlis({"held", "cooks", "show", "aaaa"}).out, "Subject: soup\r\n\r\nhot \xFF\n");
}

// What is made under the lock is logged.
TEST_F(Held, PostsAreCopiedBeforeTheStoreIsOpenedForWriting) {
  lists::SiteConfig config = site_->config();
  config.log_file = root_ + "/log";
  ASSERT_TRUE(replace_file(site_->directory() + "/site.conf", config.write(), 0600).ok());
  for (const char* id : {"aaaa", "bbbb"}) {
    add_held(id, "soup");
    add_message(id, "Subject: soup\n\nhot\n");
  }
  EXPECT_EQ(majlis({"held", "cooks", "approve", "aaaa"}).out, "aaaa approved\n");
  EXPECT_EQ(majlis({"held", "approve", "bbbb"}).out, "bbbb approved\n");
  EXPECT_EQ(jobs().size(), 2U);
  const std::string written = read_file(config.log_file, 100'000).value();
  EXPECT_THAT(written, HasSubstr("verdict=accept"));
  EXPECT_THAT(written, Not(HasSubstr("made=under_lock")));
}

TEST_F(Held, OfAllListsAreListedWithTheirList) {
  add_held("aaaa", "first");
  EXPECT_EQ(majlis({"held", "list"}).out,
            "cooks@lists.example.org  aaaa  2001-09-09T01:46:40Z  post  42  moderated  ann@example.org  first\n");
}

TEST_F(Held, ARequestIsListedByWhoAskedAndShownInWords) {
  store::PendingItem item;
  item.list = lists::kCooks;
  item.id = "aaaa";
  item.kind = lists::kPendingJoin;
  item.address = "bob@example.org";
  item.asked_by = "ann@example.org";
  item.details = lists::details_of(
      lists::MembershipRequest{lists::MembershipChange::join, {"", *mail::Address::parse(item.address)}});
  auto state = writer();
  ASSERT_TRUE(state->put_pending(item).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  EXPECT_THAT(majlis({"held", "cooks", "list"}).out, HasSubstr("  ann@example.org  "));
  EXPECT_THAT(majlis({"held", "cooks", "list", "--json"}).out,
              AllOf(HasSubstr("{\"kind\": \"join\", \"list\": \"cooks@lists.example.org\", \"id\": \"aaaa\""),
                    HasSubstr("\"sender\": \"ann@example.org\", \"address\": \"bob@example.org\"")));
  EXPECT_THAT(majlis({"held", "show", "aaaa"}).out, HasSubstr("kind: join\nlist: cooks@lists.example.org\n"));
}

TEST_F(Held, OneThatIsApprovedGoesToTheMembers) {
  add_held("aaaa", "soup");
  add_message("aaaa", "From: ann@example.org\nSubject: soup\n\nhot\n");
  EXPECT_EQ(majlis({"held", "cooks", "approve", "AAAA"}).out, "aaaa approved\n");
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_THAT(jobs().front(), HasSubstr("\nhot\n"));
}

TEST_F(Held, OneThatIsRejectedIsToldToItsAuthorOnceHoweverOftenItIsSaid) {
  add_held("aaaa", "soup");
  for (int i = 0; i < 2; ++i) {
    const Ran ran = majlis({"held", "cooks", "reject", "aaaa", "--reason", "too hot"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "aaaa rejected\n");
  }
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_THAT(jobs().front(), HasSubstr("\nto ann@example.org\n"));
  EXPECT_THAT(jobs().front(), HasSubstr("too hot"));
}

TEST_F(Held, OneThatIsDiscardedIsToldToNobodyAndTheOthersAreDecidedAllTheSame) {
  add_held("aaaa", "soup");
  const Ran ran = majlis({"held", "cooks", "discard", "zzzz", "aaaa"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "aaaa discarded\n");
  EXPECT_TRUE(jobs().empty());
}

}  // namespace
}  // namespace majlis::bin::admin
