#include "lists/members/renewal.h"
#include "lists/members/bounces/failures.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "base/text.h"
#include "lists/effects/list_change.h"
#include "lists/rounds/delivery.h"
#include "lists/rounds/timed_work.h"
#include "lists/site/catalogue.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kNow = 20'820 * kDay;  // 2027-01-02
constexpr const char* kYearly = "renewal = yearly\nowner = olga@example.org\n";

class Renewal : public ScratchList {
 protected:
  void add(const std::string& address, UnixTime joined, std::uint32_t flags = 0) const {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, {*mail::Address::parse(address), "", flags, joined, 0}).value());
    ASSERT_TRUE(state->commit().ok());
  }
  // So many members of one day, "m000@example.net" and so on.
  void add_many(int count, UnixTime joined) const {
    auto state = writer();
    for (int i = 0; i < count; ++i) {
      const auto address = mail::Address::parse("m" + std::to_string(1000 + i) + "@example.net");
      ASSERT_TRUE(state->add_member(kCooks, {*address, "", 0, joined, 0}).value());
    }
    ASSERT_TRUE(state->commit().ok());
  }
  // As each run of majlis-flush does, but for the mail.
  void run(UnixTime now) const {
    heed_changed_lists(*site_, now);
    do_timed_work(*site_, timed_work_table(), now, {});
  }
  void run_days(UnixTime from, int days) const {
    for (int day = 0; day < days; ++day) run(from + day * kDay);
  }
  store::Member member(const std::string& address) const {
    return *reader()->find_member(kCooks, *mail::Address::parse(address)).value();
  }
  bool is_member(const std::string& address) const {
    return reader()->find_member(kCooks, *mail::Address::parse(address)).value().has_value();
  }
  void answer(const std::string& address, UnixTime now) const {
    auto state = writer();
    ASSERT_TRUE(renew_subscription(*state, list("cooks"), member_in(*state, address), now).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  static store::Member member_in(const store::Writer& state, const std::string& address) {
    return *state.find_member(kCooks, *mail::Address::parse(address)).value();
  }
  // Jobs that hold this text, by recipient; each is taken out of the spool.
  std::multiset<std::string> take_letters(const std::string& text) const {
    std::multiset<std::string> recipients;
    const std::string folder = site_->directory() + "/spool/new";
    const std::vector<std::string> names = list_directory(folder).value();
    for (const std::string& name : names) {
      const std::string job = read_file(folder + "/" + name, 1'000'000).value();
      if (job.find(text) == std::string::npos) continue;
      const std::size_t to = job.find("\nto ") + 4;
      recipients.insert(job.substr(to, job.find('\n', to) - to));
      std::filesystem::remove(folder + "/" + name);
    }
    return recipients;
  }
  std::multiset<std::string> take_questions() const { return take_letters("do you want to stay?"); }
  bool is_looked_at() const { return reader()->find_due_item(kRenewal, kCooks, "").value().has_value(); }
};

using People = std::multiset<std::string>;

TEST_F(Renewal, AsksWhoseTimeIsOverAndRemovesWhoDoesNotAnswer) {
  make_list("cooks", kYearly);
  add("old@example.org", kNow - 400 * kDay);
  add("kept@example.org", kNow - 400 * kDay);
  add("young@example.org", kNow - 300 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions(), (People{"kept@example.org", "old@example.org"}));
  answer("kept@example.org", kNow + 2 * kDay);
  run_days(kNow + kDay, 7);
  EXPECT_EQ(take_questions(), People());
  EXPECT_TRUE(is_member("old@example.org")) << "the seventh day is the last one";
  run(kNow + 8 * kDay);
  EXPECT_FALSE(is_member("old@example.org"));
  EXPECT_TRUE(is_member("kept@example.org"));
  EXPECT_EQ(take_letters("subscription has ended"), People{"old@example.org"});
  run(kNow + 9 * kDay);
  const std::vector<std::string> letters = jobs();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_THAT(letters[0], HasSubstr("to olga@example.org"));
  EXPECT_THAT(letters[0], HasSubstr("REMOVED: the subscription was not renewed"));
  EXPECT_THAT(letters[0], HasSubstr("old@example.org"));
  EXPECT_THAT(letters[0], Not(HasSubstr("kept@example.org")));
}

TEST_F(Renewal, AsksAgainAPeriodAfterTheAnswer) {
  make_list("cooks", "renewal = monthly\n");
  add("ann@example.org", kNow - 31 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
  answer("ann@example.org", kNow + kDay);
  run_days(kNow + kDay, 31);
  EXPECT_EQ(take_questions(), People());
  run(kNow + 32 * kDay);
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
}

// Months of a list whose members answer, or do not, and one who joins.
TEST_F(Renewal, OverMonthsEverybodyIsAskedOnceAMonthAndNobodyIsForgotten) {
  make_list("cooks", "renewal = monthly\nrenewal_delay_days = 5\nbounce_report = no\n");
  add_many(20, kNow - 500 * kDay);
  std::map<std::string, int> asked;
  for (int day = 0; day < 240; day += 2) {
    const UnixTime now = kNow + day * kDay;
    if (day == 100) add("late@example.org", now);
    run(now);
    const People questions = take_questions();
    EXPECT_LE(questions.size(), 5U) << day;
    for (const std::string& address : questions) {
      ++asked[address];
      // Who has an odd number never answers.
      if (address == "late@example.org" || (address[4] - '0') % 2 == 0) answer(address, now + 3600);
    }
  }
  EXPECT_EQ(take_letters("subscription has ended").size(), 10U);
  EXPECT_EQ(reader()->count_members(kCooks).value(), 11U);
  EXPECT_EQ(asked.at("m1001@example.net"), 1);
  EXPECT_GE(asked.at("m1000@example.net"), 7);
  EXPECT_LE(asked.at("m1000@example.net"), 8);
  EXPECT_GE(asked.at("late@example.org"), 4);
  EXPECT_LE(asked.at("late@example.org"), 5);
}

TEST_F(Renewal, ThatIsNewDoesNotAskAWholeListAtOnce) {
  make_list("cooks", kYearly);
  add_many(350, kNow - 400 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions().size(), 50U);
  for (int minute = 1; minute < 10; ++minute) run(kNow + minute * 60);
  EXPECT_EQ(take_questions().size(), 0U);
  People all;
  for (int day = 1; day < 7; ++day) {
    run(kNow + day * kDay);
    for (const std::string& address : take_questions()) all.insert(address);
  }
  EXPECT_EQ(all.size(), 300U);
}

TEST_F(Renewal, LooksAtALargeListInSlices) {
  make_list("cooks", "renewal = yearly\nrenewal_delay_days = 1\n");
  add_many(250, kNow - 400 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions().size(), 100U);
  EXPECT_NE(reader()->find_due_item(kRenewal, kCooks, "").value()->value, "");
  run(kNow + 60);
  EXPECT_EQ(take_questions().size(), 100U);
  run(kNow + 120);
  EXPECT_EQ(take_questions().size(), 50U);
  const store::DueItem next = *reader()->find_due_item(kRenewal, kCooks, "").value();
  EXPECT_EQ(next.value, "");
  EXPECT_EQ(next.due, kNow + 120 + kDay);
}

TEST_F(Renewal, WritesNoMoreLettersARunThoughMostMembersAreYoung) {
  make_list("cooks", "renewal = yearly\nrenewal_delay_days = 1\n");
  for (int i = 0; i < 3; ++i) {
    auto state = writer();
    for (int j = 0; j < 100; ++j) {
      const auto address = mail::Address::parse("m" + std::to_string(1000 + 100 * i + j) + "@example.net");
      const UnixTime joined = j < 60 ? kNow - 400 * kDay : kNow;
      ASSERT_TRUE(state->add_member(kCooks, {*address, "", 0, joined, 0}).value());
    }
    ASSERT_TRUE(state->commit().ok());
  }
  run(kNow);
  EXPECT_EQ(take_questions().size(), 100U);
  run(kNow + 60);
  EXPECT_EQ(take_questions().size(), 80U);
}

TEST_F(Renewal, OneMailboxIsNotFloodedByManyLists) {
  std::size_t questions = 0;
  for (int i = 0; i < 15; ++i) {
    const std::string name = "list" + std::to_string(i);
    make_list(name, kYearly);
    auto state = writer();
    const auto address = mail::Address::parse("ann+" + name + "@example.org");
    ASSERT_TRUE(state->add_member(name + "@" + kDomain, {*address, "", 0, kNow - 400 * kDay, 0}).value());
    ASSERT_TRUE(state->commit().ok());
  }
  run(kNow);
  questions = take_questions().size();
  EXPECT_EQ(questions, 10U);  // challenges_per_day of the site
  run(kNow + kDay);
  EXPECT_EQ(take_questions().size(), 5U);
}

TEST_F(Renewal, LeavesTheSuspendedAndTheExemptAlone) {
  make_list("cooks", "renewal = weekly\nowner = olga@example.org\n");
  add("suspended@example.org", kNow - 400 * kDay, store::kMemberSuspended);
  add("exempt@example.org", kNow - 400 * kDay, store::kMemberNoRenew);
  add("olga@example.org", kNow - 400 * kDay);
  add("nomail@example.org", kNow - 400 * kDay, store::kMemberNoMail);
  run(kNow);
  EXPECT_EQ(take_questions(), (People{"nomail@example.org", "olga@example.org"}));
}

TEST_F(Renewal, RemovesNobodyWhoWasSuspendedOrExemptedMeanwhile) {
  make_list("cooks", kYearly);
  add("a@example.org", kNow - 400 * kDay);
  add("b@example.org", kNow - 400 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions(), (People{"a@example.org", "b@example.org"}));
  {
    auto state = writer();
    ASSERT_TRUE(state->set_member_flags(kCooks, *mail::Address::parse("a@example.org"), store::kMemberSuspended).ok());
    ASSERT_TRUE(state->set_member_flags(kCooks, *mail::Address::parse("b@example.org"), store::kMemberNoRenew).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  run_days(kNow + kDay, 20);
  EXPECT_TRUE(is_member("a@example.org"));
  EXPECT_TRUE(is_member("b@example.org"));
}

TEST_F(Renewal, WhoLeftAndCameBackIsNotRemovedForTheOldQuestion) {
  make_list("cooks", kYearly);
  add("ann@example.org", kNow - 400 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
  {
    auto state = writer();
    ASSERT_TRUE(state->remove_member(kCooks, *mail::Address::parse("ann@example.org")).value());
    ASSERT_TRUE(state->commit().ok());
  }
  add("ann@example.org", kNow + kDay);
  run_days(kNow + kDay, 20);
  EXPECT_TRUE(is_member("ann@example.org"));
}

TEST_F(Renewal, ProbesAndWaitsForNoAnswer) {
  make_list("cooks", "renewal = monthly,probe\n");
  add("ann@example.org", kNow - 40 * kDay);
  run(kNow);
  const std::vector<std::string> letters = jobs();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_THAT(letters[0], HasSubstr("sender cooks-bounces+"));
  EXPECT_THAT(letters[0], HasSubstr("please\r\ndo not reply"));
  EXPECT_EQ(member("ann@example.org").renewed, kNow);
  const auto record = reader()->find_bounces(kCooks, *mail::Address::parse("ann@example.org")).value();
  ASSERT_TRUE(record);
  EXPECT_EQ(record->probed, kNow);
  EXPECT_FALSE(reader()->find_due_item(kRenewalEnd, kCooks, "ann@example.org").value());
  run_days(kNow + kDay, 30);
  EXPECT_EQ(jobs().size(), 1U);
  run(kNow + 31 * kDay);
  EXPECT_EQ(jobs().size(), 2U);
  EXPECT_TRUE(is_member("ann@example.org"));
}

TEST_F(Renewal, DoesNotProbeWhereNoBounceIsCounted) {
  make_list("cooks", "renewal = monthly,probe\nbounce_processing = report\n");
  add("ann@example.org", kNow - 40 * kDay);
  run(kNow);
  EXPECT_TRUE(jobs().empty());
  EXPECT_TRUE(is_looked_at());
}

TEST_F(Renewal, RemovesNobodyWhoseLetterDidNotArrive) {
  make_list("cooks", kYearly);
  add("ann@example.org", kNow - 400 * kDay);
  run(kNow);
  ASSERT_EQ(jobs().size(), 1U);
  const std::string letter = jobs()[0];
  const std::size_t id = letter.find("\nid ") + 4;
  const std::string job = letter.substr(id, letter.find('\n', id) - id);
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
  const spool::Failure lost{job,     kCooks,    "<m@x>", "ann@example.org",
                            "4.4.7", "expired", kNow,    spool::Failure::Fault::relay};
  ASSERT_TRUE(note_lost_mail(*site_, {lost}, kNow + 3 * kDay).ok());
  run_days(kNow + 4 * kDay, 6);
  EXPECT_TRUE(is_member("ann@example.org"));
  EXPECT_EQ(take_questions(), People()) << "not day by day";
  run_days(kNow + 10 * kDay, 3);
  EXPECT_TRUE(is_member("ann@example.org"));
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
  run_days(kNow + 13 * kDay, 12);
  EXPECT_FALSE(is_member("ann@example.org")) << "asked, and silent";
}

TEST_F(Renewal, WaitsForALetterThatIsStillInTheSpool) {
  make_list("cooks", kYearly);
  add("ann@example.org", kNow - 400 * kDay);
  run_days(kNow, 12);
  EXPECT_TRUE(is_member("ann@example.org"));
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
}

TEST_F(Renewal, GoesByTheRuleOfToday) {
  make_list("cooks", "renewal = monthly\n");
  add("ann@example.org", kNow - 40 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
  make_list("cooks", kYearly);
  run_days(kNow + kDay, 12);
  EXPECT_TRUE(is_member("ann@example.org"));
}

TEST_F(Renewal, RemovesNobodyWhenTheClockLeaps) {
  make_list("cooks", kYearly);
  add("asked@example.org", kNow - 400 * kDay);
  add("young@example.org", kNow - 10 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions(), People{"asked@example.org"});
  run(kNow + 3000 * kDay);
  EXPECT_TRUE(is_member("asked@example.org"));
  EXPECT_EQ(take_questions(), People());
  run(kNow + kDay);  // set back
  EXPECT_EQ(take_questions(), People());
  EXPECT_TRUE(is_member("asked@example.org"));
  EXPECT_EQ(reader()->find_due_item(kRenewalEnd, kCooks, "asked@example.org").value()->due, kNow + 9 * kDay)
      << "a day has passed, and the time to answer is as long as before";
}

TEST_F(Renewal, SwitchedOffEndsWhatWasAsked) {
  make_list("cooks", kYearly);
  add("ann@example.org", kNow - 400 * kDay);
  run(kNow);
  EXPECT_EQ(take_questions(), People{"ann@example.org"});
  make_list("cooks", "description = another size\n");
  run_days(kNow + kDay, 10);
  EXPECT_TRUE(is_member("ann@example.org"));
  EXPECT_FALSE(is_looked_at());
  EXPECT_FALSE(reader()->find_due_item(kRenewalEnd, kCooks, "ann@example.org").value());
}

TEST_F(Renewal, IsFoundInAConfigurationThatWasWrittenByHand) {
  make_list("cooks", "description = x\n");
  run(kNow);
  EXPECT_FALSE(is_looked_at());
  make_list("cooks", kYearly);
  run(kNow + 60);
  EXPECT_TRUE(is_looked_at());
}

TEST_F(Renewal, ComesAndGoesWithTheConfigurationThatAnOwnerSends) {
  make_list("cooks", "description = x\n");
  for (const bool is_on : {true, false}) {
    {
      Work work = Work::begin(*site_, std::string(16, is_on ? 'a' : 'b'), kNow).value();
      List cooks = list("cooks");
      const std::string text = is_on ? kYearly : "description = y\n";
      ASSERT_TRUE(put_config(work, cooks, ListConfig::parse(text).config, text).ok());
      ASSERT_TRUE(work.finish("config").ok());
    }
    ASSERT_TRUE(refresh_catalogue(*site_, list("cooks").name()).ok());
    heed_changed_lists(*site_, kNow);
    EXPECT_EQ(reader()->find_due_item(kRenewal, kCooks, "").value().has_value(), is_on);
  }
}

TEST_F(Renewal, ThatCannotBeScheduledIsFoundAgain) {
  make_list("cooks", kYearly);
  const ChangedLists fails{.found = {}, .heed = [] { return Status(Error{ErrorKind::again, "busy"}); }};
  EXPECT_FALSE(refresh_catalogue(*site_, fails).ok());
  std::vector<RenewalWish> heard;
  const ChangedLists hears{
      .found = [&](const List& list) { heard.push_back(renewal_wish(list.address(), list.config())); }, .heed = {}};
  ASSERT_TRUE(refresh_catalogue(*site_, hears).ok());
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].list, kCooks);
  EXPECT_TRUE(heard[0].is_on);
  heard.clear();
  ASSERT_TRUE(refresh_catalogue(*site_, hears).ok());
  EXPECT_TRUE(heard.empty());
}

TEST_F(Renewal, LookAtAListThatIsAlreadyUnderWayIsNotBegunAnew) {
  make_list("cooks", kYearly);
  run(kNow);
  const UnixTime due = reader()->find_due_item(kRenewal, kCooks, "").value()->due;
  make_list("cooks", "renewal = monthly\ndescription = x\n");
  run(kNow + 60);
  EXPECT_EQ(reader()->find_due_item(kRenewal, kCooks, "").value()->due, due);
}

}  // namespace
}  // namespace majlis::lists
