#include "spool/flusher.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spool/agenda.h"
#include "spool/backoff.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

std::string new_path(const SpoolSite& site, const Job& job) { return site.root() + "/spool/new/" + job.id; }

TEST(Flusher, DeliversARosterOnceToEachAndRemovesTheJob) {
  SpoolSite site;
  site.members() = 25;
  site.options().recipients_per_transaction = 4;
  site.post(SpoolSite::roster_job(1));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 25U);
  EXPECT_EQ(report.jobs_finished, 1U);
  for (const std::string& address : SpoolSite::people(25)) EXPECT_EQ(site.copies(address), 1U);
  EXPECT_TRUE(site.names("new").empty());
  EXPECT_TRUE(site.names("later").empty());
}

TEST(Flusher, SignsEachSenderWhenAsked) {
  SpoolSite site;
  Job job = SpoolSite::job(1, SpoolSite::people(2));
  job.verp = Verp::per_recipient;
  site.post(job);
  EXPECT_EQ(site.flush().delivered, 2U);
  const std::string folder = site.mail() + "/p1@example.org/new/";
  const std::string text = read_file(folder + list_directory(folder).value().front(), 1000).value();
  EXPECT_EQ(text.substr(0, 31), "Return-Path: <signed+p1@x>\nDeli");
}

TEST(Flusher, DamagedAndForeignFilesGoAsideAndStopNobody) {
  SpoolSite site;
  const Job damaged = SpoolSite::job(1, {"a@x"});
  std::string bytes = encode_job(damaged);
  bytes[60] = static_cast<char>(bytes[60] ^ 1);
  ASSERT_TRUE(replace_file(new_path(site, damaged), bytes, 0600).ok());
  const Job linked = SpoolSite::job(2, {"a@x"});
  ASSERT_TRUE(replace_file(site.root() + "/elsewhere", encode_job(linked), 0600).ok());
  ASSERT_EQ(symlink((site.root() + "/elsewhere").c_str(), new_path(site, linked).c_str()), 0);
  const Job twice = SpoolSite::job(3, {"a@x"});
  ASSERT_TRUE(replace_file(new_path(site, twice), encode_job(twice), 0600).ok());
  ASSERT_EQ(link(new_path(site, twice).c_str(), (site.root() + "/second").c_str()), 0);
  const Job pipe = SpoolSite::job(4, {"a@x"});
  ASSERT_EQ(mkfifo(new_path(site, pipe).c_str(), 0600), 0);
  ASSERT_TRUE(replace_file(site.root() + "/spool/new/what-is-this", "x", 0600).ok());
  site.post(SpoolSite::job(5, {"good@x"}));

  const FlushReport report = site.flush();
  EXPECT_EQ(report.set_aside, 5U);
  EXPECT_EQ(report.delivered, 1U);
  EXPECT_EQ(site.names("bad").size(), 10U);
  EXPECT_EQ(read_file(site.root() + "/spool/bad/" + damaged.id, 10000).value(), bytes);
  EXPECT_TRUE(site.names("new").empty());
}

TEST(Flusher, LeavesALockedJobToItsOwner) {
  SpoolSite site;
  const Job job = SpoolSite::job(1, {"a@x"});
  site.post(job);
  const UniqueFd other = std::move(open_file(new_path(site, job), O_RDWR)).value();
  ASSERT_EQ(flock(other.get(), LOCK_EX), 0);
  EXPECT_EQ(site.flush().delivered, 0U);
  EXPECT_EQ(site.names("new").size(), 1U);
  ASSERT_EQ(flock(other.get(), LOCK_UN), 0);
  EXPECT_EQ(site.flush().delivered, 1U);
}

TEST(Flusher, CutsATornTailAndGoesOn) {
  SpoolSite site;
  const Job job = SpoolSite::job(1, {"a@x", "b@x"});
  ASSERT_TRUE(replace_file(new_path(site, job), encode_job(job) + "0123abcd ok 0", 0600).ok());
  EXPECT_EQ(site.flush().delivered, 2U);
}

TEST(Flusher, TakesZerosBehindTheRecordsForATornTail) {
  SpoolSite site;
  const Job job = SpoolSite::job(1, {"a@x", "b@x"});
  ASSERT_TRUE(replace_file(new_path(site, job), encode_job(job) + std::string(70'000, '\0'), 0600).ok());
  EXPECT_EQ(site.flush().delivered, 2U);
}

TEST(Flusher, SetsAsideAJobThatEndedThreeRunsWithoutProgress) {
  SpoolSite site;
  site.members() = 1;
  const Job job = SpoolSite::roster_job(1);
  site.post(job);
  for (int run = 0; run < 3; ++run) {
    const pid_t child = fork();
    if (child == 0) {
      FlushHelp help = site.help();
      help.roster = [](const RosterQuery&, const RosterPlace&, std::size_t) -> Result<RosterPage> { _exit(9); };
      (void)flush(site.spool(), site.options(), help).ok();
      _exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(WEXITSTATUS(status), 9);
  }
  site.post(SpoolSite::job(2, {"good@x"}));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.set_aside, 1U);
  EXPECT_EQ(report.delivered, 1U);
  EXPECT_EQ(site.names("bad"), (std::vector<std::string>{job.id, job.id + ".why"}));
}

TEST(Flusher, ARosterThatCannotBeReadIsTriedLater) {
  SpoolSite site;
  site.members() = 3;
  site.post(SpoolSite::roster_job(1));
  FlushHelp help = site.help();
  help.roster = [](const RosterQuery&, const RosterPlace&, std::size_t) -> Result<RosterPage> {
    return Error{ErrorKind::again, "store: busy"};
  };
  ASSERT_TRUE(flush(site.spool(), site.options(), help).ok());
  EXPECT_EQ(site.names("later").size(), 1U);
  EXPECT_EQ(site.flush().delivered, 0U);
  site.now() += kFirstDelay;
  EXPECT_EQ(site.flush().delivered, 3U);
}

TEST(Flusher, AJobDatedUnderAWrongClockIsDueAtOnce) {
  SpoolSite site;
  const Job job = SpoolSite::job(1, {"a@x"});
  const std::string name = later_name(site.now() + kLongestDelay + 1, job.id);
  ASSERT_TRUE(replace_file(site.root() + "/spool/later/" + name, encode_job(job), 0600).ok());
  EXPECT_EQ(site.flush().delivered, 1U);
}

TEST(Flusher, FailuresAreToldAgainUntilSomebodyTakesThem) {
  SpoolSite site;
  site.post(SpoolSite::job(1, {"a b@x", "good@x"}));
  FlushHelp help = site.help();
  std::vector<std::string> told;
  bool is_taking = false;
  help.tell = [&](const std::vector<Failure>& failures) -> Status {
    for (const Failure& failure : failures) told.push_back(failure.recipient);
    return is_taking ? Status() : Status(Error{ErrorKind::again, "store: busy"});
  };
  ASSERT_TRUE(flush(site.spool(), site.options(), help).ok());
  EXPECT_EQ(site.names("later").size(), 1U);
  is_taking = true;
  site.now() += kFirstDelay;
  const Result<FlushReport> report = flush(site.spool(), site.options(), help);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(told, (std::vector<std::string>{"a b@x", "a b@x"}));
  EXPECT_EQ(report->jobs_finished, 1U);
  EXPECT_EQ(site.copies("good@x"), 1U);
}

TEST(Flusher, WithoutASpoolIsAnError) {
  SpoolSite site;
  EXPECT_FALSE(flush(Spool(site.root() + "/nowhere"), site.options(), site.help()).ok());
}

TEST(Flusher, HandsMessagesToASendmailProgramWithoutAShell) {
  SpoolSite site;
  const std::string script =
      "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + site.root() + "/args\ncat > " + site.root() + "/text\n";
  ASSERT_TRUE(create_file(site.root() + "/sendmail", script, 0700).ok());
  site.options().relay = Relay::parse("sendmail:" + site.root() + "/sendmail").value();
  site.post(SpoolSite::job(1, {"-oops@x", "$(touch${IFS}x)@x", "bad one@x"}));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 2U);
  EXPECT_EQ(report.failed, 1U);
  EXPECT_EQ(read_file(site.root() + "/args", 1000).value(),
            "-i\n-f\ncooks-bounces@lists.example.org\n--\n-oops@x\n$(touch${IFS}x)@x\n");
  EXPECT_EQ(read_file(site.root() + "/text", 1000).value(), "Subject: soup\n\n.hidden\nbody\n");
}

TEST(Flusher, SortsTheExitStatusOfSendmail) {
  struct Case {
    int status;
    std::uint64_t failed;
    std::uint64_t deferred;
  };
  for (const Case& each : {Case{67, 1, 0}, Case{65, 1, 0}, Case{75, 0, 1}, Case{1, 0, 1}}) {
    SpoolSite site;
    const std::string script = "#!/bin/sh\nexit " + std::to_string(each.status) + "\n";
    ASSERT_TRUE(create_file(site.root() + "/sendmail", script, 0700).ok());
    site.options().relay = Relay::parse("sendmail:" + site.root() + "/sendmail").value();
    site.post(SpoolSite::job(1, {"a@x"}));
    const FlushReport report = site.flush();
    EXPECT_EQ(report.failed, each.failed) << each.status;
    EXPECT_EQ(report.deferred, each.deferred) << each.status;
  }
}

}  // namespace
}  // namespace majlis::spool
