#include "lists/rounds/roster_reader.h"

#include <algorithm>

#include "lists/site/renames.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

class ReadingAhead : public ScratchList {
 protected:
  // Every third gets no mail; beyond what is read at once.
  static constexpr int kMembers = 40'000;

  ReadingAhead() {
    auto site = std::move(store::Writer::open(site_->database_directory(), 10'000, store::Load::bulk).value());
    for (int i = 0; i < kMembers; ++i) {
      store::Member member{mail::Address::parse(text(i)).value(), "", 0, 0, 0};
      if (!is_served(i)) member.flags = store::kMemberNoMail;
      EXPECT_TRUE(site->add_member(kCooks, member).ok());
      if (is_served(i)) all_.push_back(text(i));
    }
    EXPECT_TRUE(site->commit().ok());
  }
  static std::string text(int number) { return "m" + std::to_string(100'000 + number) + "@example.org"; }
  static bool is_served(int number) { return number % 3 != 0; }

  RosterReader reader() const { return RosterReader(*site_); }
  std::vector<std::string> all_;
  const spool::RosterQuery query_{kCooks, kMembers, 0, 0, {}};
};

TEST_F(ReadingAhead, ArePagesAsLargeAsWasAskedFor) {
  RosterReader rosters = reader();
  std::vector<std::string> seen;
  std::string cursor;
  for (;;) {
    auto page = rosters.page(query_, {cursor}, 1000);
    ASSERT_TRUE(page.ok());
    seen.insert(seen.end(), page->recipients.begin(), page->recipients.end());
    cursor = page->cursor;
    if (cursor.empty()) break;
    ASSERT_EQ(page->recipients.size(), 1000U) << seen.size();
  }
  EXPECT_EQ(seen, all_);
}

TEST_F(ReadingAhead, AreTheSameFromACursorOfAnotherReader) {
  RosterReader rosters = reader();
  const std::string cursor = rosters.page(query_, {""}, 1000)->cursor;
  const auto mine = rosters.page(query_, {cursor}, 10);
  const auto others = reader().page(query_, {cursor}, 10);
  ASSERT_TRUE(mine.ok() && others.ok());
  EXPECT_EQ(mine->recipients, (std::vector<std::string>{all_.begin() + 1000, all_.begin() + 1010}));
  EXPECT_EQ(mine->recipients, others->recipients);
  EXPECT_EQ(mine->cursor, others->cursor);
}

TEST_F(ReadingAhead, EndWhereTheyAreToldTo) {
  RosterReader rosters = reader();
  const std::string first = rosters.page(query_, {""}, 100)->cursor;
  const std::string second = rosters.page(query_, {first}, 100)->cursor;
  const auto between = rosters.page(query_, {first, second}, 1000);
  ASSERT_TRUE(between.ok());
  EXPECT_EQ(between->recipients, (std::vector<std::string>{all_.begin() + 100, all_.begin() + 200}));
  EXPECT_EQ(between->cursor, "");
}

TEST_F(ReadingAhead, AreThoseOfTheQuery) {
  RosterReader rosters = reader();
  ASSERT_TRUE(rosters.page(query_, {""}, 10).ok());
  spool::RosterQuery earlier = query_;
  earlier.as_of = 100;
  EXPECT_EQ(rosters.page(earlier, {""}, 1000)->recipients, (std::vector<std::string>{all_.begin(), all_.begin() + 66}));
  EXPECT_TRUE(rosters.page({"bakers@lists.example.org", kMembers, 0, 0, {}}, {""}, 10)->recipients.empty());
  EXPECT_EQ(rosters.page({kCooks, kMembers, 0, 0, 0, "nonsense"}, {""}, 10).error().kind, ErrorKind::damaged);
}

// What an urgent post reaches: digests and mail that a member wanted none of, but nobody whose mail others have
// stopped.
TEST_F(ReadingAhead, HaveThoseWhomTheQueryReachesAllTheSame) {
  const auto set_flags = [&](const std::string& address, std::uint32_t flags) {
    auto state = writer();
    ASSERT_TRUE(state->set_member_flags(kCooks, mail::Address::parse(address).value(), flags).ok());
    ASSERT_TRUE(state->commit().ok());
  };
  set_flags(text(0), store::kMemberNoMail);
  set_flags(text(1), store::kMemberNoMail | store::kMemberStopped);
  set_flags(text(2), store::kMemberNoMail | store::kMemberSuspended);
  set_flags(text(3), store::kMemberSuspended);
  set_flags(text(4), store::kMemberAlias);
  set_flags(text(5), store::kMemberNoMail | store::kMemberDigestMime);
  spool::RosterQuery query = query_;
  EXPECT_EQ(reader().page(query, {""}, 1)->recipients, (std::vector<std::string>{text(7)}));
  query.reaches = store::kMemberNoMail;
  EXPECT_EQ(reader().page(query, {""}, 3)->recipients, (std::vector<std::string>{text(0), text(5), text(6)}));
}

TEST_F(ReadingAhead, HaveThoseWhoChoseTheTopicOrNone) {
  {
    auto state = writer();
    ASSERT_TRUE(*state->set_member_topics(kCooks, mail::Address::parse(text(1)).value(), "menus"));
    ASSERT_TRUE(*state->set_member_topics(kCooks, mail::Address::parse(text(2)).value(), "news,other"));
    ASSERT_TRUE(state->commit().ok());
  }
  spool::RosterQuery query = query_;
  query.topics = "menus";
  EXPECT_EQ(reader().page(query, {""}, 2)->recipients, (std::vector<std::string>{text(1), text(4)}));
  query.topics = "other";
  EXPECT_EQ(reader().page(query, {""}, 2)->recipients, (std::vector<std::string>{text(2), text(4)}));
  query.topics = "";
  EXPECT_EQ(reader().page(query, {""}, 2)->recipients, (std::vector<std::string>{text(1), text(2)}));
}

// The copies of one post go out in several jobs, which are read one after the other.
TEST_F(ReadingAhead, GoByTheHeaderStyleOfWhenThePostCame) {
  const auto set_flags = [&](std::uint32_t flags) {
    auto state = writer();
    EXPECT_TRUE(*state->set_member_flags(kCooks, mail::Address::parse(text(1)).value(), flags));
    EXPECT_TRUE(state->commit().ok());
    return state->change_number().value();
  };
  const auto is_in = [&](spool::RosterQuery query, std::uint64_t as_of, std::uint32_t with, std::uint32_t without) {
    query.as_of = as_of;
    query.with_any = with;
    query.without = without;
    const auto page = reader().page(query, {""}, 1);
    return page.ok() && !page->recipients.empty() && page->recipients.front() == text(1);
  };
  const std::uint64_t before = query_.as_of;
  const std::uint64_t after = set_flags(store::kMemberSubjectHeader);
  constexpr std::uint32_t kStyle = store::kMemberSubjectHeader;
  EXPECT_TRUE(is_in(query_, before, 0, kStyle));
  EXPECT_FALSE(is_in(query_, before, kStyle, 0));
  EXPECT_TRUE(is_in(query_, after, kStyle, 0));
  EXPECT_FALSE(is_in(query_, after, 0, kStyle));
  set_flags(0);
  EXPECT_TRUE(is_in(query_, after, kStyle, 0));
  EXPECT_FALSE(is_in(query_, after, 0, kStyle));
}

TEST_F(ReadingAhead, LeaveOutWhomTheQueryNames) {
  spool::RosterQuery query = query_;
  query.except = {all_[0], all_[3], "nobody@example.org"};
  std::sort(query.except.begin(), query.except.end());
  const auto page = reader().page(query, {""}, 3);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->recipients, (std::vector<std::string>{all_[1], all_[2], all_[4]}));
}

class RosterOfARenamedList : public ScratchList {
 protected:
  RosterOfARenamedList() {
    auto state = writer();
    for (const char* member : {"ann@example.org", "bob@example.org", "carl@example.org"}) {
      EXPECT_TRUE(state->add_member(kCooks, {mail::Address::parse(member).value(), "", 0, 0, 0}).ok());
    }
    change_ = state->rename_list(kCooks, kBakers).value();
    EXPECT_TRUE(state->commit().ok());
  }
  static Rename rename_at(store::ChangeNumber change) { return {kCooks, kBakers, change, 100, false}; }
  // Behind the first member.
  Result<spool::RosterPage> rest(store::ChangeNumber as_of) const {
    const std::string cursor = store::cursor_for(*mail::Address::parse("ann@example.org"));
    return RosterReader(*site_).page({kCooks, as_of, 0, 0, {}}, {cursor}, 10);
  }

  static constexpr const char* kBakers = "bakers@lists.example.org";
  store::ChangeNumber change_ = 0;
};

// A run of majlis-flush has taken the job by the former name, and is at work on it.
TEST_F(RosterOfARenamedList, GoesOnUnderTheNewName) {
  ASSERT_TRUE(write_renames(site_->directory(), {rename_at(change_)}).ok());
  const auto page = rest(change_ - 1);
  ASSERT_TRUE(page.ok()) << page.error().what;
  EXPECT_EQ(page->recipients, (std::vector<std::string>{"bob@example.org", "carl@example.org"}));
  EXPECT_TRUE(rest(change_)->recipients.empty()) << "of a later list of the former name";
}

TEST_F(RosterOfARenamedList, WaitsWhileTheRenameHasNotComeToItsEnd) {
  ASSERT_TRUE(write_renames(site_->directory(), {rename_at(0)}).ok());
  EXPECT_EQ(rest(change_ - 1).error().kind, ErrorKind::again);
}

TEST_F(RosterOfARenamedList, IsMissingOnceTheListIsRemoved) {
  ASSERT_TRUE(write_renames(site_->directory(), {rename_at(change_)}).ok());
  auto state = writer();
  ASSERT_TRUE(state->remove_list(kBakers).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  EXPECT_EQ(rest(change_ - 1).error().kind, ErrorKind::missing);
}

}  // namespace
}  // namespace majlis::lists
