#include <gtest/gtest.h>

#include <set>

#include "spool/backoff.h"
#include "spool/flusher.h"
#include "tests/support/scripted_smtp_server.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using test::ScriptedSmtpServer;
using Script = ScriptedSmtpServer::Script;

std::vector<std::string> sorted(std::vector<std::string> all) {
  std::sort(all.begin(), all.end());
  return all;
}

Script answering(ScriptedSmtpServer::Answer answer) {
  Script script;
  script.answer = std::move(answer);
  return script;
}

bool has_command(const ScriptedSmtpServer& server, const std::string& start) {
  for (const std::string& line : server.commands()) {
    if (line.compare(0, start.size(), start) == 0) return true;
  }
  return false;
}

// Runs until nothing is left, as cron would.
void flush_until_done(SpoolSite& site, int most_runs) {
  for (int run = 0; run < most_runs && (!site.names("new").empty() || !site.names("later").empty()); ++run) {
    (void)site.flush();
    site.now() += kLongestDelay;
  }
  EXPECT_TRUE(site.names("new").empty());
  EXPECT_TRUE(site.names("later").empty());
}

class FlusherSmtp : public testing::TestWithParam<bool> {
 protected:
  Script script() const {
    Script script;
    if (!GetParam()) script.extensions = {"8BITMIME"};
    return script;
  }
};

TEST_P(FlusherSmtp, DeliversToEachOnceInTheRightForm) {
  ScriptedSmtpServer server(script());
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 250;
  site.options().recipients_per_transaction = 20;
  site.post(SpoolSite::roster_job(1));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 250U);
  EXPECT_EQ(report.jobs_finished, 1U);
  EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(250)));
  EXPECT_FALSE(server.saw_bare_line_end());
  for (const ScriptedSmtpServer::Received& each : server.received()) {
    EXPECT_EQ(each.body, "Subject: soup\r\n\r\n..hidden\r\nbody\r\n");
    EXPECT_LE(each.recipients.size(), 20U);
    EXPECT_EQ(each.mail.substr(0, 43), "MAIL FROM:<cooks-bounces@lists.example.org>");
  }
  EXPECT_TRUE(has_command(server, "QUIT"));
}

TEST_P(FlusherSmtp, SettlesEveryRecipientByItsOwnAnswer) {
  int asked = 0;
  Script refusing = script();
  refusing.answer = [&](const std::string& stage, const std::string&) -> std::string {
    if (stage != "RCPT") return "";
    const int turn = asked++ % 3;
    return turn == 1 ? "450 4.2.2 full" : turn == 2 ? "550 5.1.1 gone" : "";
  };
  ScriptedSmtpServer server(std::move(refusing));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 10;
  site.post(SpoolSite::job(1, SpoolSite::people(30)));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 10U);
  EXPECT_EQ(report.deferred, 10U);
  EXPECT_EQ(report.failed, 10U);
  ASSERT_EQ(report.failures.size(), 10U);
  EXPECT_EQ(report.failures[0].status, "5.1.1");
  EXPECT_EQ(report.failures[0].text, "550 5.1.1 gone");
  EXPECT_EQ(report.failures[0].recipient, "p2@example.org");
  EXPECT_EQ(report.failures[0].list, "cooks@lists.example.org");
  EXPECT_EQ(site.names("later").size(), 1U);
}

TEST_P(FlusherSmtp, RetriesTheDeferredAndNobodyElse) {
  bool is_first = true;
  Script script_once = script();
  script_once.answer = [&](const std::string& stage, const std::string& line) -> std::string {
    return is_first && stage == "RCPT" && line.find("<p1") != std::string::npos ? "451 4.7.1 greylisted" : "";
  };
  ScriptedSmtpServer server(std::move(script_once));
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 30;
  site.post(SpoolSite::roster_job(1));
  EXPECT_EQ(site.flush().deferred, 11U);
  EXPECT_EQ(site.flush().delivered, 0U) << "not due yet";
  is_first = false;
  site.now() += kFirstDelay;
  EXPECT_EQ(site.flush().delivered, 11U);
  EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(30)));
}

TEST_P(FlusherSmtp, AMessageForNobodyIsNotSent) {
  Script refusing = script();
  refusing.answer = [](const std::string& stage, const std::string&) -> std::string {
    return stage == "RCPT" ? "550 5.1.1 gone" : stage == "DATA" ? "354 go on all the same" : "";
  };
  ScriptedSmtpServer server(std::move(refusing));
  SpoolSite site;
  site.use_smtp(server.port());
  site.post(SpoolSite::job(1, SpoolSite::people(3)));
  site.post(SpoolSite::job(2, SpoolSite::people(3)));
  EXPECT_EQ(site.flush().failed, 6U);
  for (const ScriptedSmtpServer::Received& each : server.received()) {
    EXPECT_TRUE(each.recipients.empty());
    EXPECT_TRUE(each.body.empty());
  }
}

TEST_P(FlusherSmtp, ARefusedSenderIsToldApartFromRefusedRecipients) {
  for (const std::string stage : {"MAIL", "RCPT"}) {
    Script refusing = script();
    refusing.answer = [&](const std::string& at, const std::string&) {
      return at == stage ? std::string("550 5.1.1 who?") : std::string();
    };
    ScriptedSmtpServer server(std::move(refusing));
    SpoolSite site;
    site.use_smtp(server.port());
    site.post(SpoolSite::job(1, SpoolSite::people(1)));
    const FlushReport report = site.flush();
    ASSERT_EQ(report.failures.size(), 1U) << stage;
    const bool is_told = report.failures[0].text == "550 5.1.1 who? (in reply to MAIL FROM command)";
    EXPECT_EQ(is_told, stage == "MAIL") << report.failures[0].text;
  }
}

TEST_P(FlusherSmtp, AnAnswerToTheMessageIsForAllItsRecipients) {
  for (const std::string stage : {"MAIL", "DATA", "DOT"}) {
    for (const std::string code : {"452 4.3.1 disk full", "554 5.6.0 no thanks"}) {
      Script refusing = script();
      refusing.answer = [&](const std::string& at, const std::string&) { return at == stage ? code : std::string(); };
      ScriptedSmtpServer server(std::move(refusing));
      SpoolSite site;
      site.use_smtp(server.port());
      site.options().recipients_per_transaction = 3;
      site.post(SpoolSite::job(1, SpoolSite::people(9)));
      const FlushReport report = site.flush();
      EXPECT_EQ(report.deferred, code[0] == '4' ? 9U : 0U) << stage;
      EXPECT_EQ(report.failed, code[0] == '5' ? 9U : 0U) << stage;
      EXPECT_TRUE(server.received().empty());
    }
  }
}

TEST_P(FlusherSmtp, AFarewellOrALostConnectionAnywhereLosesAndRepeatsNobody) {
  for (const std::string stage : {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "DOT", "RSET"}) {
    for (const std::string answer : {"421 4.3.2 going down", ScriptedSmtpServer::kDrop}) {
      int count = 0;
      Script failing = script();
      failing.answer = [&](const std::string& at, const std::string&) -> std::string {
        if (at == "RCPT" && stage == "RSET") return count == 0 ? "550 5.1.1 gone" : "";
        return at == stage && ++count == 1 ? answer : "";
      };
      ScriptedSmtpServer server(std::move(failing));
      SpoolSite site;
      site.use_smtp(server.port());
      site.options().connections = 2;
      site.options().recipients_per_transaction = 5;
      site.post(SpoolSite::job(1, SpoolSite::people(40)));
      flush_until_done(site, 4);
      const std::vector<std::string> got = server.recipients();
      EXPECT_EQ(std::set<std::string>(got.begin(), got.end()).size(), got.size()) << stage << answer;
      if (stage != "RSET") {
        EXPECT_EQ(got.size(), 40U) << stage << answer;
      }
    }
  }
}

TEST_P(FlusherSmtp, ADroppedAnswerToTheDotCostsOneTransactionTwice) {
  // The peer keeps the message and dies before it says so: RFC 5321 6.1 leaves no other choice than sending it again.
  int dots = 0;
  Script failing = script();
  failing.answer = [&](const std::string& at, const std::string&) -> std::string {
    return at == "DOT" && ++dots == 2 ? ScriptedSmtpServer::kDrop : "";
  };
  ScriptedSmtpServer server(std::move(failing));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 5;
  site.post(SpoolSite::job(1, SpoolSite::people(20)));
  EXPECT_EQ(site.flush().deferred, 5U);
  flush_until_done(site, 3);
  EXPECT_EQ(dots, 5);
  EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(20)));
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutPipelining, FlusherSmtp, testing::Bool());

TEST(FlusherSmtpPeer, ThatDribblesOrTalksALotIsUnderstood) {
  Script script;
  script.is_dribbling = true;
  script.answer = [](const std::string& stage, const std::string&) -> std::string {
    std::string lines;
    for (int i = 0; i < 50; ++i) lines += "250-2.0.0 still talking\r\n";
    return stage == "RCPT" || stage == "DOT" ? lines + "250 2.0.0 done" : "";
  };
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_smtp(server.port());
  site.post(SpoolSite::job(1, SpoolSite::people(3)));
  EXPECT_EQ(site.flush().delivered, 3U);
}

TEST(FlusherSmtpPeer, ThatNeverAnswersIsLeftInTime) {
  for (const std::string stage : {"CONNECT", "EHLO", "MAIL", "DATA", "DOT"}) {
    // An unfinished line is no answer, however long one waits.
    ScriptedSmtpServer server(
        answering([&](const std::string& at, const std::string&) { return at == stage ? "250-" : std::string(); }));
    SpoolSite site;
    site.use_smtp(server.port());
    SmtpTimeouts& timeouts = site.options().timeouts;
    timeouts.greeting = timeouts.command = timeouts.data = timeouts.dot = std::chrono::milliseconds(100);
    site.post(SpoolSite::job(1, SpoolSite::people(3)));
    EXPECT_EQ(site.flush().delivered, 0U) << stage;
    EXPECT_EQ(site.names("later").size(), 1U) << stage;
  }
}

TEST(FlusherSmtpPeer, ThatLiesDeliversNothing) {
  for (const std::string lie : {"250 ok", "251-x\r\n250 two codes", "nonsense", "354 what", "999 x"}) {
    for (const std::string stage : {"CONNECT", "DATA", "DOT"}) {
      if (stage == "DOT" && lie == "250 ok") continue;
      if (stage == "CONNECT" && lie == "250 ok") continue;
      if (stage == "DATA" && lie == "354 what") continue;
      ScriptedSmtpServer server(
          answering([&](const std::string& at, const std::string&) { return at == stage ? lie : std::string(); }));
      SpoolSite site;
      site.use_smtp(server.port());
      site.post(SpoolSite::job(1, SpoolSite::people(3)));
      const FlushReport report = site.flush();
      EXPECT_EQ(report.delivered, 0U) << stage << lie;
      EXPECT_EQ(report.failed, 0U) << stage << lie;
      EXPECT_EQ(site.names("later").size(), 1U) << stage << lie;
    }
  }
}

TEST(FlusherSmtpPeer, ThatAnswersBeforeItIsAskedIsNotBelieved) {
  ScriptedSmtpServer server(answering([&](const std::string& at, const std::string&) -> std::string {
    return at == "MAIL" ? "250 ok\r\n250 ok\r\n354 go on\r\n250 kept already\r\n250 and again" : "";
  }));
  SpoolSite site;
  site.use_smtp(server.port());
  Job job = SpoolSite::job(1, {"a@example.org"});
  while (job.message.size() < 16'000'000) job.message += std::string(998, 'x') + "\n";
  site.post(job);
  EXPECT_EQ(site.flush().delivered, 0U);
  EXPECT_EQ(site.names("later").size(), 1U);
}

TEST(FlusherSmtpPeer, ThatIsNotThereCostsNothingButTime) {
  std::string port;
  {
    ScriptedSmtpServer server({});
    port = server.port();
  }
  SpoolSite site;
  site.use_smtp(port);
  site.members() = 10;
  site.post(SpoolSite::roster_job(1));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered + report.deferred + report.failed, 0U);
  EXPECT_EQ(site.names("later").size(), 1U);
}

TEST(FlusherSmtpPeer, WithoutEhloIsGreetedTheOldWay) {
  ScriptedSmtpServer server(answering([](const std::string& stage, const std::string&) {
    return std::string(stage == "EHLO" ? "502 5.5.1 what" : "");
  }));
  SpoolSite site;
  site.use_smtp(server.port());
  site.post(SpoolSite::job(1, SpoolSite::people(3)));
  EXPECT_EQ(site.flush().delivered, 3U);
  EXPECT_TRUE(has_command(server, "HELO client.example"));
}

TEST(FlusherSmtpPeer, ThatTakesFewAtATimeGetsTheOthersNext) {
  std::size_t in_this_one = 0;
  ScriptedSmtpServer server(answering([&](const std::string& stage, const std::string&) -> std::string {
    if (stage == "MAIL") in_this_one = 0;
    return stage == "RCPT" && ++in_this_one > 3 ? "452 4.5.3 too many recipients" : "";
  }));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.post(SpoolSite::job(1, SpoolSite::people(10)));
  EXPECT_EQ(site.flush().delivered, 10U);
  EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(10)));
}

TEST(FlusherSmtpPeer, ThatSaysHowManyItTakesIsNotToldMore) {
  Script script;
  script.extensions = {"PIPELINING", "LIMITS MAILMAX=1000 RCPTMAX=7"};
  std::size_t in_this_one = 0;
  std::size_t most = 0;
  script.answer = [&](const std::string& stage, const std::string&) -> std::string {
    if (stage == "MAIL") in_this_one = 0;
    if (stage == "RCPT") most = std::max(most, ++in_this_one);
    return "";
  };
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.members() = 40;
  site.post(SpoolSite::roster_job(1));
  EXPECT_EQ(site.flush().delivered, 40U);
  EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(40)));
  EXPECT_EQ(most, 7U);
}

// Answers the recipient behind the 120th of a transaction by `answer`.
Script full_at_120(std::vector<std::string> extensions, std::size_t& refused, const std::string& answer) {
  Script script;
  script.extensions = std::move(extensions);
  auto in_this_one = std::make_shared<std::size_t>(0);
  script.answer = [in_this_one, &refused, answer](const std::string& stage, const std::string&) -> std::string {
    if (stage == "MAIL" || stage == "CONNECT") *in_this_one = 0;
    if (stage != "RCPT" || ++*in_this_one <= 120) return "";
    ++refused;
    return answer;
  };
  return script;
}

TEST(FlusherSmtpPeer, ThatHasSaidHowManyAreTooManyIsNotToldMore) {
  std::size_t refused = 0;
  ScriptedSmtpServer server(full_at_120({"PIPELINING"}, refused, "550 5.5.3 too many"));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 200;
  site.members() = 2000;
  site.post(SpoolSite::roster_job(1));
  EXPECT_EQ(site.flush().delivered, 2000U);
  EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(2000)));
  EXPECT_LE(refused, 160U) << "the transaction that was on its way, and the one behind it";
}

TEST(FlusherSmtpPeer, ThatClosesWhenItHasHadEnoughGetsSmallerTransactionsAtOnce) {
  for (const char* answer : {"421 4.7.0 enough", ScriptedSmtpServer::kDrop}) {
    std::size_t refused = 0;
    ScriptedSmtpServer server(full_at_120({"PIPELINING"}, refused, answer));
    SpoolSite site;
    site.use_smtp(server.port());
    site.options().connections = 1;
    site.options().recipients_per_transaction = 500;
    site.members() = 1500;
    site.post(SpoolSite::roster_job(1));
    EXPECT_EQ(site.flush().delivered, 1500U) << answer;
    EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(1500))) << answer;
    EXPECT_EQ(refused, 1U) << answer;
  }
}

TEST(FlusherSmtpPeer, ThatClosesOnABdatGetsSmallerTransactionsInTheNextRun) {
  std::size_t refused = 0;
  ScriptedSmtpServer server(full_at_120({"PIPELINING", "CHUNKING"}, refused, ScriptedSmtpServer::kDrop));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 500;
  std::vector<std::string> all = {"first@example.org"};
  site.post(SpoolSite::job(1, all));  // proves BDAT
  site.members() = 450;
  site.post(SpoolSite::roster_job(2));
  for (const std::string& person : SpoolSite::people(450)) all.push_back(person);
  for (int run = 0; run < 3 && !site.is_empty(); ++run) {
    (void)site.flush();
    site.now() += kLongestDelay;
  }
  EXPECT_TRUE(site.is_empty());
  EXPECT_EQ(server.recipients(), sorted(all));
}

TEST(FlusherSmtp, SpeaksOfEightBitAndUtf8OnlyWhenItMust) {
  Script script;
  script.extensions = {"PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE"};
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_smtp(server.port());
  Job plain = SpoolSite::job(1, {"a@example.org"});
  Job eight = SpoolSite::job(2, {"b@example.org"});
  eight.message += "\xC3\xA4\n";
  site.post(plain);
  site.post(eight);
  site.post(SpoolSite::job(3, {"\xC3\xA4@example.org"}));
  EXPECT_EQ(site.flush().delivered, 3U);
  for (const ScriptedSmtpServer::Received& each : server.received()) {
    const bool is_plain = each.recipients[0] == "a@example.org";
    EXPECT_EQ(each.mail.find("BODY=8BITMIME") == std::string::npos, is_plain) << each.mail;
    const bool is_utf8 = each.recipients[0][0] == '\xC3';
    EXPECT_EQ(each.mail.find("SMTPUTF8") != std::string::npos, is_utf8) << each.mail;
    EXPECT_NE(each.mail.find("SIZE="), std::string::npos);
  }
}

TEST(FlusherSmtp, FailsUtf8AddressesWhereTheyCannotBeSaid) {
  ScriptedSmtpServer server({});
  SpoolSite site;
  site.use_smtp(server.port());
  site.post(SpoolSite::job(1, {"\xC3\xA4@example.org", "b@example.org"}));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 1U);
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_EQ(report.failures[0].status, "5.6.7");
}

TEST(FlusherSmtp, NeverSaysAnAddressWithACommandInIt) {
  ScriptedSmtpServer server({});
  SpoolSite site;
  site.use_smtp(server.port());
  site.post(SpoolSite::job(1, {"u@x>\r\nRSET\r\nMAIL FROM:<evil@x", "b@example.org", "a b@x"}));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 1U);
  EXPECT_EQ(report.failed, 2U);
  EXPECT_FALSE(has_command(server, "RSET"));
  EXPECT_FALSE(has_command(server, "MAIL FROM:<evil"));
}

TEST(FlusherSmtp, GivesUpAtTheExpiryWithTheLastAnswer) {
  ScriptedSmtpServer server(answering([](const std::string& stage, const std::string&) {
    return std::string(stage == "RCPT" ? "450 4.2.2 mailbox full" : "");
  }));
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 5;
  Job job = SpoolSite::roster_job(1);
  job.expires = site.now() + kFirstDelay;
  site.post(job);
  EXPECT_EQ(site.flush().failed, 0U);
  site.now() = job.expires;
  const FlushReport report = site.flush();
  EXPECT_EQ(report.failed, 5U);
  ASSERT_EQ(report.failures.size(), 5U);
  EXPECT_EQ(report.failures[0].status, "4.4.7");
  EXPECT_NE(report.failures[0].text.find("mailbox full"), std::string::npos);
  EXPECT_TRUE(site.names("later").empty());
}

// Enough progress for the file to be rewritten under way, with recipients that must survive it.
TEST(FlusherSmtp, ALongRosterKeepsItsFileSmallAndItsDeferred) {
  bool is_first = true;
  ScriptedSmtpServer server(answering([&](const std::string& stage, const std::string& line) {
    const bool is_unlucky = is_first && stage == "RCPT" && line.find("777@") != std::string::npos;
    return std::string(is_unlucky ? "450 4.2.2 full" : "");
  }));
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 30'000;
  site.options().recipients_per_transaction = 1000;
  site.post(SpoolSite::roster_job(1));
  FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 29'970U);
  EXPECT_EQ(report.deferred, 30U);
  const std::vector<std::string> waiting = site.names("later");
  ASSERT_EQ(waiting.size(), 1U);
  // Some 750,000 octets of records were written; without a rewrite under way they would all be there.
  EXPECT_LT(read_file(site.root() + "/spool/later/" + waiting[0], 10'000'000).value().size(), 600'000U);
  is_first = false;
  site.now() += kFirstDelay;
  report = site.flush();
  EXPECT_EQ(report.delivered, 30U);
  EXPECT_EQ(server.recipients(), sorted(SpoolSite::people(30'000)));
  EXPECT_TRUE(site.names("later").empty());
}

TEST(FlusherSmtp, ManyJobsShareFewConnections) {
  int connections = 0;
  ScriptedSmtpServer server(answering([&](const std::string& stage, const std::string&) {
    connections += stage == "CONNECT" ? 1 : 0;
    return std::string();
  }));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 3;
  for (unsigned i = 0; i < 60; ++i) site.post(SpoolSite::job(i, {"j" + std::to_string(i) + "@example.org"}));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.jobs_finished, 60U);
  EXPECT_EQ(server.recipients().size(), 60U);
  EXPECT_LE(connections, 3);
}

TEST(FlusherLmtp, TakesOneAnswerForEachRecipient) {
  ScriptedSmtpServer server(answering([](const std::string& stage, const std::string& about) -> std::string {
    if (stage != "DOT") return "";
    return about == "p1@example.org" ? "450 4.2.2 full" : about == "p2@example.org" ? "550 5.7.1 no" : "";
  }));
  SpoolSite site;
  site.use_lmtp(server.port());
  site.post(SpoolSite::job(1, SpoolSite::people(4)));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 2U);
  EXPECT_EQ(report.deferred, 1U);
  EXPECT_EQ(report.failed, 1U);
  EXPECT_TRUE(has_command(server, "LHLO client.example"));
}

}  // namespace
}  // namespace majlis::spool
