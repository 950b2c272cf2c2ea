#include "spool/budgets.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/backoff.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

const DeliveryStatus kTooMuch{"4.7.1", "450 4.7.1 too much mail"};

// One transaction to each address, all with the same answer.
class Batch {
 public:
  Batch(const std::vector<std::string>& addresses, const DeliveryOutcome& outcome)
      : outcomes_(addresses.size(), outcome) {
    for (const std::string& address : addresses) recipients_.push_back({address, nullptr});
    for (Recipient& recipient : recipients_) targets_.push_back({targets_.size(), &recipient});
  }
  void end(Budgets& budgets, UnixTime now) { budgets.end_batch(targets_, outcomes_, now); }

 private:
  std::vector<Recipient> recipients_;
  std::vector<Target> targets_;
  std::vector<DeliveryOutcome> outcomes_;
};

class BudgetsTest : public testing::Test {
 protected:
  Budgets budgets(BudgetLimits limits = {}) const { return Budgets(path(), std::move(limits)); }
  std::string path() const { return site_.root() + "/spool/budgets"; }

  static Admission admit(Budgets& budgets, const std::string& address, UnixTime now) {
    budgets.begin_batch(now);
    return budgets.admit(address, now);
  }
  static void answer(Budgets& budgets, const std::vector<std::string>& addresses, const DeliveryOutcome& outcome,
                     UnixTime now) {
    Batch(addresses, outcome).end(budgets, now);
  }
  static void refuse(Budgets& budgets, UnixTime now) {
    answer(budgets, {"a@slow.example"}, {DeliveryOutcome::Kind::deferred, kTooMuch}, now);
  }
  static UnixTime pause_after(Budgets& budgets, UnixTime now) {
    refuse(budgets, now);
    (void)admit(budgets, "a@slow.example", now);
    return budgets.held_until("a@slow.example") - now;
  }

  SpoolSite site_;
};

BudgetLimits limits_of(std::uint64_t transactions, std::uint64_t per_minute) {
  return {{transactions, per_minute}, {}};
}

TEST(BudgetKey, IsTheDomainInLowerCaseAndNeverLongNorOdd) {
  EXPECT_EQ(budget_key("Ann@Example.ORG"), "example.org");
  EXPECT_EQ(budget_key("\"a@b\"@example.org"), "example.org");
  for (const std::string& odd : {std::string("a@b c"), std::string("a@"), std::string("a@*"),
                                 "a@" + std::string(300, 'x'), std::string("a@\xC3\xA9.example")}) {
    EXPECT_EQ(budget_key(odd).size(), 17U) << odd;
    EXPECT_EQ(budget_key(odd).front(), '#');
  }
}

TEST(DomainBudgets, AreReadAsTheyStandInTheConfiguration) {
  const std::optional<DomainBudgets> read = parse_domain_budgets(" Example.com:2:600  example.net:0:60 ");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->at("example.com").transactions, 2U);
  EXPECT_EQ(read->at("example.com").per_minute, 600U);
  EXPECT_EQ(read->at("example.net").per_minute, 60U);
  for (const char* wrong : {"example.com", "example.com:1", "example.com:1:2:3", ":1:2", "a:x:1", "a:1:-1",
                            "a:1:1 a:2:2", "a:1001:1", "a:1:1000001", "a*:1:1"}) {
    EXPECT_FALSE(parse_domain_budgets(wrong).has_value()) << wrong;
  }
  EXPECT_TRUE(parse_domain_budgets("")->empty());
}

TEST_F(BudgetsTest, WithoutLimitsNothingIsAskedNorWritten) {
  Budgets idle = budgets();
  idle.begin_batch(1000);
  EXPECT_TRUE(idle.is_idle());
  answer(idle, {"a@x"}, {DeliveryOutcome::Kind::delivered, {}}, 1000);
  answer(idle, {"a@x"}, {DeliveryOutcome::Kind::deferred, {"4.2.2", "452 4.2.2 full"}}, 1000);
  answer(idle, {"a@x"}, {DeliveryOutcome::Kind::deferred, {"4.4.2", "the connection was lost"}}, 1000);
  EXPECT_TRUE(idle.is_idle());
  EXPECT_FALSE(path_exists(path()));
}

TEST_F(BudgetsTest, CountARecipientsMinuteOverSeveralRuns) {
  Budgets one = budgets(limits_of(0, 3));
  Budgets two = budgets(limits_of(0, 3));
  EXPECT_EQ(admit(one, "a@x", 6000), Admission::go);
  EXPECT_EQ(admit(two, "b@x", 6001), Admission::go);
  EXPECT_EQ(admit(one, "c@x", 6002), Admission::go);
  EXPECT_EQ(admit(two, "d@x", 6003), Admission::not_in_this_run);
  EXPECT_EQ(two.held_until("d@x"), 6060);
  EXPECT_EQ(admit(two, "d@y", 6003), Admission::go);
  EXPECT_EQ(admit(two, "d@x", 6060), Admission::go);
}

TEST_F(BudgetsTest, OfADomainTakeThePlaceOfTheGeneralOnes) {
  Budgets mine = budgets({{0, 1}, {{"big.example", {0, 2}}, {"free.example", {0, 0}}}});
  EXPECT_EQ(admit(mine, "a@big.example", 0), Admission::go);
  EXPECT_EQ(admit(mine, "b@big.example", 0), Admission::go);
  EXPECT_EQ(admit(mine, "c@big.example", 0), Admission::not_in_this_run);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(admit(mine, "a@free.example", 0), Admission::go);
  EXPECT_EQ(admit(mine, "a@other.example", 0), Admission::go);
  EXPECT_EQ(admit(mine, "b@other.example", 0), Admission::not_in_this_run);
}

TEST_F(BudgetsTest, AClockSetBackOrForwardCostsAMinuteAtMost) {
  for (const UnixTime jump : {-1'000'000, -61, 61, 1'000'000}) {
    unlink(path().c_str());
    Budgets mine = budgets(limits_of(0, 1));
    const UnixTime now = 2'000'000'000;
    EXPECT_EQ(admit(mine, "a@x", now), Admission::go);
    Budgets next = budgets(limits_of(0, 1));
    EXPECT_EQ(admit(next, "a@x", now + jump), Admission::go) << jump;
  }
}

TEST_F(BudgetsTest, APauseIsOverWhenTheClockWasSetBackOrFarForward) {
  const UnixTime now = 2'000'000'000;
  for (const UnixTime jump : {-1'000'000, -1, 601, 1'000'000}) {
    unlink(path().c_str());
    Budgets mine = budgets();
    refuse(mine, now);
    EXPECT_EQ(admit(mine, "a@slow.example", now), Admission::not_in_this_run);
    Budgets next = budgets();
    next.begin_batch(now + jump);
    EXPECT_TRUE(next.is_idle() || next.admit("a@slow.example", now + jump) == Admission::go) << jump;
  }
}

TEST_F(BudgetsTest, CountTransactionsAtOnceOverSeveralRuns) {
  Budgets one = budgets(limits_of(2, 0));
  Budgets two = budgets(limits_of(2, 0));
  EXPECT_EQ(admit(one, "a@x", 0), Admission::go);
  EXPECT_EQ(one.admit("b@x", 0), Admission::go) << "the same transaction";
  EXPECT_EQ(admit(one, "c@x", 0), Admission::go);
  EXPECT_EQ(admit(one, "d@x", 0), Admission::not_yet);
  EXPECT_EQ(admit(two, "e@x", 0), Admission::not_in_this_run);
  EXPECT_EQ(admit(two, "e@y", 0), Admission::go);
  answer(one, {"a@x", "b@x"}, {DeliveryOutcome::Kind::delivered, {}}, 0);
  EXPECT_EQ(admit(one, "d@x", 0), Admission::go);
  Budgets three = budgets(limits_of(2, 0));
  EXPECT_EQ(admit(three, "f@x", 0), Admission::not_in_this_run);
}

TEST_F(BudgetsTest, TheTransactionsOfARunThatIsGoneAreFree) {
  {
    Budgets killed = budgets(limits_of(1, 0));
    EXPECT_EQ(admit(killed, "a@x", 0), Admission::go);
  }
  Budgets next = budgets(limits_of(1, 0));
  EXPECT_EQ(admit(next, "a@x", 0), Admission::go);
}

TEST_F(BudgetsTest, AnExhaustedMinuteKeepsNoTransaction) {
  Budgets mine = budgets({{0, 0}, {{"x", {1, 1}}}});
  EXPECT_EQ(admit(mine, "a@x", 0), Admission::go);
  answer(mine, {"a@x"}, {DeliveryOutcome::Kind::delivered, {}}, 0);
  EXPECT_EQ(admit(mine, "b@x", 1), Admission::not_in_this_run);
  Budgets next = budgets({{0, 0}, {{"x", {1, 0}}}});
  EXPECT_EQ(admit(next, "b@x", 1), Admission::go);
}

TEST_F(BudgetsTest, PauseADomainThatAsksForLessAndDoubleUntilItTakesMail) {
  Budgets mine = budgets();
  UnixTime now = 1'000'000;
  for (const UnixTime longest : {60, 120, 240, 480, 600, 600}) {
    const UnixTime pause = pause_after(mine, now);
    EXPECT_LE(pause, longest);
    EXPECT_GE(pause, longest * 4 / 5);
    EXPECT_EQ(admit(mine, "b@Slow.example", now + pause - 1), Admission::not_in_this_run);
    EXPECT_EQ(admit(mine, "b@other.example", now), Admission::go);
    now += pause;
    EXPECT_EQ(admit(mine, "b@slow.example", now), Admission::go);
    EXPECT_EQ(admit(mine, "c@slow.example", now), Admission::not_yet) << "one transaction until one is taken";
    answer(mine, {"b@slow.example"}, {DeliveryOutcome::Kind::untried, {}}, now);
  }
  for (int taken = 0; taken < 5; ++taken) {
    EXPECT_FALSE(mine.is_idle());
    answer(mine, {"b@slow.example"}, {DeliveryOutcome::Kind::delivered, {}}, now);
  }
  EXPECT_TRUE(mine.is_idle());
  EXPECT_LE(pause_after(mine, now), kFirstPause);
}

TEST_F(BudgetsTest, OneRunTellsTheNextOfAPause) {
  Budgets one = budgets();
  refuse(one, 1000);
  Budgets two = budgets();
  EXPECT_EQ(admit(two, "a@slow.example", 1001), Admission::not_in_this_run);
  refuse(two, 1001);
  Budgets three = budgets();
  (void)admit(three, "a@slow.example", 1001);
  EXPECT_LE(three.held_until("a@slow.example"), 1060) << "refused within a pause: the same pause";
}

TEST_F(BudgetsTest, AGreylistAFullMailboxOrALostConnectionPausesNobody) {
  for (const DeliveryStatus& answer_given :
       {DeliveryStatus{"4.7.1", "451 4.7.1 Greylisted, try again"}, DeliveryStatus{"4.2.2", "452 4.2.2 full"},
        DeliveryStatus{"4.3.1", "452 4.3.1 no space"}, DeliveryStatus{"4.7.1", "our own words"},
        DeliveryStatus{"4.4.2", "lost"}}) {
    Budgets mine = budgets();
    answer(mine, {"a@x"}, {DeliveryOutcome::Kind::deferred, answer_given}, 1000);
    EXPECT_TRUE(mine.is_idle()) << answer_given.text;
  }
}

TEST_F(BudgetsTest, ADomainThatDoesNotAnswerIsPaused) {
  for (const char* status : {"4.4.1", "4.4.3", "4.1.2"}) {
    unlink(path().c_str());
    Budgets mine = budgets();
    answer(mine, {"a@x"}, {DeliveryOutcome::Kind::deferred, {status, "450 " + std::string(status) + " not found"}},
           1000);
    EXPECT_EQ(admit(mine, "b@x", 1000), Admission::not_in_this_run) << status;
  }
}

TEST_F(BudgetsTest, ARefusalOfEverybodyIsTheRelaysPause) {
  Budgets mine = budgets();
  answer(mine, {"a@x", "b@y"}, {DeliveryOutcome::Kind::deferred, kTooMuch}, 1000);
  EXPECT_TRUE(mine.is_relay_paused(1000));
  EXPECT_FALSE(mine.is_relay_paused(1000 + kFirstPause));
  EXPECT_FALSE(mine.is_relay_paused(999)) << "the clock was set back";
  EXPECT_EQ(admit(mine, "c@x", 1000), Admission::go) << "no domain is to blame";
  Budgets next = budgets();
  next.begin_batch(1001);
  EXPECT_TRUE(next.is_relay_paused(1001));
}

TEST(BudgetRow, ComesBackAsItWasWrittenAndNotWhenAnyOctetIsWrong) {
  BudgetRow row;
  row.domain = std::string(38, 'd');
  row.since = row.until = INT64_MAX / 60;
  row.level = 100;
  row.minute = row.count = INT64_MAX / 60;
  const std::string octets = encode_budget_row(row);
  ASSERT_EQ(octets.size(), kBudgetRowOctets);
  const std::optional<BudgetRow> read = parse_budget_row(octets);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->domain, row.domain);
  EXPECT_EQ(read->until, row.until);
  EXPECT_EQ(read->level, row.level);
  EXPECT_EQ(read->minute, row.minute);
  EXPECT_EQ(read->count, row.count);
  for (std::size_t at = 0; at < octets.size(); ++at) {
    std::string changed = octets;
    changed[at] = static_cast<char>(changed[at] ^ 0x04);
    EXPECT_FALSE(parse_budget_row(changed).has_value()) << at;
    EXPECT_FALSE(parse_budget_row(octets.substr(0, at)).has_value()) << at;
    EXPECT_FALSE(parse_budget_row(octets.substr(0, at) + std::string(octets.size() - at, '\0')).has_value()) << at;
  }
}

TEST_F(BudgetsTest, ADamagedFileCountsAsEmptyAndIsUsedAgain) {
  for (const std::string& rubbish : {std::string("x"), std::string(1'000'000, 'x'), std::string(600'000, '\n')}) {
    ASSERT_TRUE(replace_file(path(), rubbish, 0600).ok());
    Budgets mine = budgets(limits_of(0, 1));
    EXPECT_EQ(admit(mine, "a@x", 0), Admission::go);
    Budgets next = budgets(limits_of(0, 1));
    EXPECT_EQ(admit(next, "a@x", 0), Admission::not_in_this_run);
  }
}

TEST_F(BudgetsTest, AFileThatCannotBeUsedStopsNoMail) {
  ASSERT_EQ(mkdir(path().c_str(), 0700), 0);
  Budgets mine = budgets(limits_of(1, 2));
  EXPECT_EQ(admit(mine, "a@x", 0), Admission::go);
  EXPECT_EQ(admit(mine, "b@x", 0), Admission::not_yet);
  answer(mine, {"a@x"}, {DeliveryOutcome::Kind::delivered, {}}, 0);
  EXPECT_EQ(admit(mine, "b@x", 0), Admission::go);
  answer(mine, {"b@x"}, {DeliveryOutcome::Kind::deferred, kTooMuch}, 0);
  EXPECT_EQ(admit(mine, "c@x", 0), Admission::not_in_this_run);
}

TEST_F(BudgetsTest, TheFileStaysSmallHoweverManyDomainsThereAre) {
  Budgets mine = budgets(limits_of(0, 1));
  for (int i = 0; i < 20'000; ++i) {
    ASSERT_EQ(admit(mine, "a@d" + std::to_string(i) + ".example", 60), Admission::go);
  }
  struct stat status {};
  ASSERT_EQ(stat(path().c_str(), &status), 0);
  EXPECT_LE(status.st_size, 4096 * 128);
}

TEST(NextTry, IsTheSameForADomainOfAJobAndNeverFarOff) {
  const Wait wait{{"4.2.2", "full"}, 3, 10'000};
  const UnixTime one = next_try(wait, "job", "a@x.example", 10'000);
  EXPECT_EQ(one, next_try(wait, "job", "b@X.example", 10'500));
  EXPECT_GT(one, 10'000 + 1200 * 4 / 5 - 1);
  EXPECT_LE(one, 10'000 + 1200);
  std::set<UnixTime> times;
  for (int i = 0; i < 50; ++i) times.insert(next_try(wait, "job", "a@d" + std::to_string(i), 10'000));
  EXPECT_GT(times.size(), 20U);
  EXPECT_EQ(next_try(wait, "job", "a@x", 9'999), 9'999) << "the clock was set back";
  EXPECT_EQ(next_try({{}, 0, 0}, "job", "a@x", 77), 77) << "never tried, or to be tried now";
}

}  // namespace
}  // namespace majlis::spool
