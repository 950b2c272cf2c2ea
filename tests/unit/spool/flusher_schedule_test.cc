#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>

#include "base/text.h"
#include "spool/backoff.h"
#include "spool/flusher.h"
#include "spool/queue.h"
#include "tests/support/scripted_smtp_server.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using test::ScriptedSmtpServer;

class Schedule : public testing::Test {
 protected:
  // A server that answers RCPT as told.
  ScriptedSmtpServer& serve(std::function<std::string(const std::string& line)> rcpt) {
    ScriptedSmtpServer::Script script;
    script.answer = [this, rcpt = std::move(rcpt)](const std::string& stage, const std::string& line) -> std::string {
      if (stage != "RCPT") return "";
      asked_.push_back(line);
      ++count_;
      return rcpt(line);
    };
    server_.emplace(std::move(script));
    site_.use_smtp(server_->port());
    return *server_;
  }
  static bool is_to(const std::string& line, const std::string& domain) {
    return line.find("@" + domain + ">") != std::string::npos;
  }
  std::size_t asked(const std::string& domain) {
    const auto count =
        std::count_if(asked_.begin(), asked_.end(), [&](const auto& line) { return is_to(line, domain); });
    asked_.clear();
    return static_cast<std::size_t>(count);
  }
  UnixTime later() { return next_due(site_.spool(), site_.now()).value().value_or(-1); }

  SpoolSite site_;
  std::vector<std::string> asked_;  // read only when no run is under way
  std::atomic<std::size_t> count_ = 0;
  std::optional<ScriptedSmtpServer> server_;
};

std::vector<std::string> people_at(const std::string& domain, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back("p" + std::to_string(i) + "@" + domain);
  return all;
}

TEST_F(Schedule, ADomainThatDefersWaitsAloneAndLongerEachTime) {
  serve([](const std::string& line) { return is_to(line, "full.example") ? "452 4.2.2 full" : ""; });
  site_.post(SpoolSite::job(1, {"a@full.example", "b@good.example"}));
  EXPECT_EQ(site_.flush().delivered, 1U);
  UnixTime last_delay = 0;
  for (int run = 0; run < 5; ++run) {
    const UnixTime delay = later() - site_.now();
    EXPECT_GT(delay, last_delay);
    last_delay = delay;
    asked_.clear();
    site_.now() += delay - 1;
    (void)site_.flush();
    EXPECT_EQ(asked("full.example"), 0U) << "not before its time";
    ++site_.now();
    EXPECT_EQ(site_.flush().deferred, 1U);
  }
  EXPECT_GT(last_delay, 3600);
}

TEST_F(Schedule, EachDomainOfAJobComesBackAtATimeOfItsOwn) {
  serve([](const std::string&) { return "452 4.2.2 full"; });
  std::vector<std::string> people;
  for (int i = 0; i < 10; ++i) people.push_back("a@d" + std::to_string(i) + ".example");
  site_.post(SpoolSite::job(1, people));
  EXPECT_EQ(site_.flush().deferred, 10U);
  asked_.clear();
  std::set<UnixTime> times;
  std::size_t tried = 0;
  for (int run = 0; run < 20 && tried < 10; ++run) {
    site_.now() = later();
    times.insert(site_.now());
    EXPECT_LE(site_.now(), 2000 + kFirstDelay);
    tried += site_.flush().deferred;
  }
  EXPECT_EQ(tried, 10U);
  EXPECT_GT(times.size(), 3U);
}

TEST_F(Schedule, ADomainThatAsksForLessIsPausedForEveryJobAndOthersGoOn) {
  bool is_busy = true;
  serve([&](const std::string& line) { return is_busy && is_to(line, "busy.example") ? "450 4.7.1 too fast" : ""; });
  site_.options().recipients_per_transaction = 2;
  site_.options().connections = 1;
  std::vector<std::string> people = people_at("busy.example", 20);
  for (const std::string& other : people_at("good.example", 20)) people.push_back(other);
  site_.post(SpoolSite::job(1, people));
  site_.post(SpoolSite::job(2, people_at("busy.example", 3)));
  EXPECT_EQ(site_.flush().delivered, 20U);
  EXPECT_LE(asked("busy.example"), 4U) << "one transaction, and one that was under way";
  is_busy = false;
  for (int run = 0; run < 40 && later() >= 0; ++run) {
    site_.now() = std::max(later(), site_.now());
    (void)site_.flush();
  }
  EXPECT_EQ(later(), -1);
  EXPECT_EQ(server_->recipients().size(), 43U);
}

TEST_F(Schedule, ARelayThatRefusesEverybodyIsLeftInPeaceForAMinute) {
  bool is_busy = true;
  serve([&](const std::string&) { return is_busy ? "450 4.7.0 slow down" : ""; });
  site_.options().recipients_per_transaction = 2;
  site_.options().connections = 1;
  std::vector<std::string> people;
  for (int i = 0; i < 40; ++i) people.push_back("a@d" + std::to_string(i) + ".example");
  site_.post(SpoolSite::job(1, people));
  site_.post(SpoolSite::job(2, {"b@x"}));
  EXPECT_EQ(site_.flush().delivered, 0U);
  EXPECT_LE(asked_.size(), 4U);
  asked_.clear();
  site_.now() += 30;
  const FlushReport paused = site_.flush();
  EXPECT_TRUE(asked_.empty());
  EXPECT_EQ(paused.jobs_left, 1U) << "the other one is not due yet";
  EXPECT_EQ(paused.stopped_by.status, "4.7.0");
  is_busy = false;
  for (int run = 0; run < 100 && later() >= 0; ++run) {
    site_.now() = std::max(later(), site_.now()) + kFirstPause;
    (void)site_.flush();
  }
  EXPECT_EQ(server_->recipients().size(), 41U);
}

TEST_F(Schedule, TheMinuteOfADomainIsKeptAndNobodyIsLost) {
  serve([](const std::string&) { return ""; });
  site_.options().budgets.of_domain["slow.example"] = {0, 7};
  std::vector<std::string> people = people_at("slow.example", 20);
  for (const std::string& other : people_at("good.example", 30)) people.push_back(other);
  site_.post(SpoolSite::job(1, people));
  site_.now() = 6000;
  for (const std::size_t wanted : {7U, 7U, 6U}) {
    const FlushReport report = site_.flush();
    EXPECT_EQ(report.deferred, 0U) << "to wait for a limit is no refusal";
    EXPECT_EQ(asked("slow.example"), wanted);
    EXPECT_EQ(site_.flush().delivered, 0U) << "still the same minute";
    site_.now() += 60;
  }
  EXPECT_EQ(later(), -1);
  EXPECT_EQ(server_->recipients().size(), 50U);
}

TEST_F(Schedule, ARosterIsReadOnBehindADomainThatMustWait) {
  serve([](const std::string&) { return ""; });
  site_.options().budgets.of_domain["slow.example"] = {1, 0};
  site_.options().recipients_per_transaction = 10;
  site_.options().connections = 4;
  std::vector<std::string> all = people_at("slow.example", 3000);
  for (const std::string& other : people_at("then.example", 500)) all.push_back(other);
  FlushHelp help = site_.help();
  help.roster = [&](const RosterQuery&, const RosterPlace& place, std::size_t max) -> Result<RosterPage> {
    const std::size_t from = place.behind.empty() ? 0 : parse_number(place.behind).value();
    const std::size_t to = std::min(all.size(), from + max);
    return RosterPage{{all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)},
                      to < all.size() ? std::to_string(to) : ""};
  };
  site_.post(SpoolSite::roster_job(1));
  const Result<FlushReport> report = flush(site_.spool(), site_.options(), help);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->delivered, 3500U);
  std::vector<std::string> wanted = all;
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(server_->recipients(), wanted);
  const auto first_other =
      std::find_if(asked_.begin(), asked_.end(), [](const auto& l) { return is_to(l, "then.example"); });
  EXPECT_LT(first_other - asked_.begin(), 1000) << "the other domain did not wait for the end of the slow one";
}

TEST_F(Schedule, WhoIsStillLeftAtTheEndOfTheJobsLifeHasALastTryAndFails) {
  serve([](const std::string& line) { return is_to(line, "full.example") ? "452 4.2.2 full" : ""; });
  Job job = SpoolSite::job(1, {"a@full.example", "b@held.example"});
  job.expires = 2100;
  site_.options().budgets.of_domain["held.example"] = {0, 1};
  site_.post(SpoolSite::job(2, {"c@held.example"}));
  site_.post(job);
  site_.now() = 2050;
  (void)site_.flush();
  asked_.clear();
  site_.now() = 2100;
  const FlushReport report = site_.flush();
  EXPECT_EQ(asked("full.example"), 1U);
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_EQ(report.failures[0].status, "4.4.7");
  EXPECT_EQ(report.failures[0].text, "expired: 452 4.2.2 full");
  EXPECT_EQ(report.failures[0].fault, Failure::Fault::recipient);
  EXPECT_EQ(report.failed, 1U);
  EXPECT_EQ(report.deferred, 0U) << "who was deferred a moment ago is not counted twice";
  EXPECT_EQ(later(), -1);
}

TEST_F(Schedule, WhoWasNeverAskedAboutWhenTheJobExpiresIsNotToBlame) {
  site_.use_smtp("1");  // nobody listens there
  Job job = SpoolSite::job(1, {"a@one.example", "b@two.example"});
  job.expires = 2100;
  site_.post(job);
  site_.now() = 2050;
  EXPECT_EQ(site_.flush().stopped_by.status, "4.4.1");
  site_.now() = 2100;
  const FlushReport report = site_.flush();
  ASSERT_EQ(report.failures.size(), 2U);
  for (const Failure& failure : report.failures) {
    EXPECT_EQ(failure.fault, Failure::Fault::relay);
    EXPECT_EQ(failure.status, "4.4.7");
    EXPECT_EQ(failure.text, "expired, by the relay: connect to smtp://127.0.0.1:1: Connection refused");
  }
  EXPECT_TRUE(site_.is_empty());
}

TEST_F(Schedule, ARunThatIsToldToEndFinishesWhatIsUnderWayAndTheRestIsDueAtOnce) {
  serve([](const std::string&) { return ""; });
  site_.options().connections = 1;
  site_.options().recipients_per_transaction = 5;
  site_.post(SpoolSite::job(1, SpoolSite::people(100)));
  FlushHelp help = site_.help();
  help.is_told_to_end = [&] { return count_ >= 20; };
  const Result<FlushReport> report = flush(site_.spool(), site_.options(), help);
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->is_ended_early);
  EXPECT_GE(report->delivered, 20U);
  EXPECT_LE(report->delivered, 35U);
  EXPECT_EQ(report->deferred, 0U);
  EXPECT_EQ(later(), site_.now());
  EXPECT_EQ(site_.flush().delivered, 100 - report->delivered);
  EXPECT_EQ(server_->recipients().size(), 100U);
}

TEST_F(Schedule, ARelayThatHangsKeepsNoRunThatIsToldToEnd) {
  std::atomic<bool> is_hanging = true;
  std::atomic<bool> has_asked = false;
  ScriptedSmtpServer::Script script;
  script.answer = [&](const std::string& stage, const std::string&) -> std::string {
    has_asked = has_asked || stage == "DOT";
    return stage == "DOT" && is_hanging ? ScriptedSmtpServer::kHang : "";
  };
  server_.emplace(std::move(script));
  site_.use_smtp(server_->port());
  site_.options().end_patience = std::chrono::milliseconds(0);
  site_.post(SpoolSite::job(1, {"a@x"}));
  FlushHelp help = site_.help();
  help.is_told_to_end = [&] { return has_asked.load(); };
  const Result<FlushReport> report = flush(site_.spool(), site_.options(), help);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->delivered, 0U);
  is_hanging = false;
  site_.now() += kFirstDelay;
  EXPECT_EQ(site_.flush().delivered, 1U);
}

TEST_F(Schedule, WhatBecameOfAJobIsTracedWithTheNamesOfThoseWhoMissedIt) {
  serve([](const std::string& line) -> std::string {
    if (line.find("<p1@") != std::string::npos) return "550 5.1.1 gone";
    return line.find("<p2@") != std::string::npos ? "452 4.2.2 full" : "";
  });
  site_.members() = 30;
  site_.post(SpoolSite::roster_job(1));
  site_.post(SpoolSite::job(2, {"ann@x"}));
  std::map<std::string, JobResult> traced;
  FlushHelp help = site_.help();
  help.trace = [&](const std::vector<JobResult>& results) -> Status {
    for (const JobResult& result : results) traced[result.job] = result;
    return {};
  };
  ASSERT_TRUE(flush(site_.spool(), site_.options(), help).ok());
  const JobResult& roster = traced.at(SpoolSite::roster_job(1).id);
  EXPECT_EQ(roster.delivered, 28U);
  EXPECT_FALSE(roster.is_finished);
  EXPECT_EQ(roster.next_try, later());
  ASSERT_EQ(roster.named.size(), 2U);
  EXPECT_EQ(roster.named[0].recipient, "p1@example.org");
  EXPECT_EQ(roster.named[0].outcome.kind, DeliveryOutcome::Kind::failed);
  EXPECT_EQ(roster.named[1].outcome.answer.text, "452 4.2.2 full");
  const JobResult& single = traced.at(SpoolSite::job(2, {}).id);
  EXPECT_TRUE(single.is_finished);
  ASSERT_EQ(single.named.size(), 1U) << "everybody of a small job";
  EXPECT_EQ(single.named[0].outcome.kind, DeliveryOutcome::Kind::delivered);
}

TEST_F(Schedule, TotalsOfAJobAreKeptOverRunsAndRewrites) {
  bool is_first = true;
  serve([&](const std::string& line) -> std::string {
    if (!is_first) return "";
    return line.find("<p1") != std::string::npos   ? "452 4.2.2 full"
           : line.find("<p2") != std::string::npos ? "550 5.1.1 x"
                                                   : "";
  });
  site_.members() = 8000;
  site_.post(SpoolSite::roster_job(1));
  std::vector<JobResult> traced;
  FlushHelp help = site_.help();
  help.trace = [&](const std::vector<JobResult>& results) -> Status {
    traced.insert(traced.end(), results.begin(), results.end());
    return {};
  };
  ASSERT_TRUE(flush(site_.spool(), site_.options(), help).ok());
  is_first = false;
  site_.now() += kFirstDelay;
  ASSERT_TRUE(flush(site_.spool(), site_.options(), help).ok());
  ASSERT_EQ(traced.size(), 2U);
  EXPECT_EQ(traced[1].delivered_so_far, 8000U - 1111U);
  EXPECT_EQ(traced[1].failed_so_far, 1111U);
  EXPECT_TRUE(traced[1].is_finished);
}

TEST_F(Schedule, SomebodyWhoWatchesSeesHowFarItIs) {
  serve([](const std::string&) { return ""; });
  site_.members() = 250;
  site_.options().recipients_per_transaction = 100;
  site_.options().connections = 1;
  site_.options().recipients_per_transaction = 100;
  site_.post(SpoolSite::roster_job(1));
  std::vector<FlushProgress> seen;
  FlushHelp help = site_.help();
  help.members = [](const RosterQuery&) { return std::optional<std::uint64_t>(250); };
  help.watch = [&](const FlushProgress& progress) { seen.push_back(progress); };
  ASSERT_TRUE(flush(site_.spool(), site_.options(), help).ok());
  ASSERT_EQ(seen.size(), 4U);
  EXPECT_EQ(seen[0].job_done, 100U);
  EXPECT_EQ(seen[0].job_recipients, 250U);
  EXPECT_EQ(seen[0].list, "cooks@lists.example.org");
  EXPECT_EQ(seen[3].delivered, 250U);
  EXPECT_TRUE(seen[3].is_job_over);
}

}  // namespace
}  // namespace majlis::spool
