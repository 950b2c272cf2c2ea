// Copies that have something of each recipient's own.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <set>

#include "mail/coding/decode.h"
#include "mail/message.h"
#include "spool/backoff.h"
#include "spool/flusher.h"
#include "tests/support/scripted_smtp_server.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using test::ScriptedSmtpServer;

std::string without_doubled_dots(std::string body) {
  for (std::size_t at = body.find("\n.."); at != std::string::npos; at = body.find("\n..", at + 1))
    body.erase(at + 1, 1);
  return body;
}

// What the copy of one member says when it is read.
void expect_own_copy(const std::string& octets, const std::string& address) {
  const std::string name = SpoolSite::name_of(address);
  const mail::Message message = mail::Message::open(octets);
  const auto to = mail::parse_mailbox(message.field("To").value_or(""));
  ASSERT_TRUE(to.has_value()) << octets;
  EXPECT_EQ(to->address.text(), address);
  EXPECT_EQ(to->display, name);
  const std::string url = address.substr(0, address.find('@')) + "%40example.org";
  EXPECT_EQ(message.field("List-Unsubscribe"), "<mailto:l?body=" + url + "%20" + SpoolSite::token_of(address) + ">");
  const std::string shown_name = name.empty() ? address : name;
  EXPECT_EQ(mail::decode_quoted_printable(message.body()),
            ".hidden $USER_NAME\nFor " + shown_name + ", " + address + "\n" + url + "\n");
}

struct Peer {
  const char* name;
  std::vector<std::string> extensions;
};

class FlusherPersonal : public testing::TestWithParam<Peer> {
 protected:
  ScriptedSmtpServer::Script script() const {
    ScriptedSmtpServer::Script script;
    script.extensions = GetParam().extensions;
    return script;
  }
  static void expect_own_copies(const ScriptedSmtpServer& server, std::size_t members) {
    std::set<std::string> served;
    for (const ScriptedSmtpServer::Received& each : server.received()) {
      ASSERT_EQ(each.recipients.size(), 1U);
      EXPECT_TRUE(served.insert(each.recipients.front()).second) << each.recipients.front();
      expect_own_copy(without_doubled_dots(each.body), each.recipients.front());
    }
    EXPECT_EQ(served.size(), members);
    EXPECT_FALSE(server.saw_bare_line_end());
  }
};

TEST_P(FlusherPersonal, EverybodyGetsTheirOwn) {
  ScriptedSmtpServer server(script());
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 250;
  site.post(SpoolSite::personal_job(1));
  EXPECT_EQ(site.flush().delivered, 250U);
  expect_own_copies(server, 250);
  EXPECT_TRUE(site.is_empty());
}

TEST_P(FlusherPersonal, WithASignedSenderForEachAsWell) {
  ScriptedSmtpServer server(script());
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 40;
  Job job = SpoolSite::personal_job(1);
  job.verp = Verp::per_recipient;
  site.post(job);
  EXPECT_EQ(site.flush().delivered, 40U);
  expect_own_copies(server, 40);
  for (const auto& each : server.received()) EXPECT_EQ(each.mail.find("MAIL FROM:<signed+p"), 0U) << each.mail;
}

// The size that is told and the octets of every BDAT are those of the one copy; else the server loses its place.
TEST_P(FlusherPersonal, TheSizeToldIsThatOfTheCopy) {
  ScriptedSmtpServer::Script sized = script();
  sized.extensions.push_back("SIZE 100000");
  ScriptedSmtpServer server(std::move(sized));
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 30;
  site.post(SpoolSite::personal_job(1));
  EXPECT_EQ(site.flush().delivered, 30U);
  for (const auto& each : server.received()) {
    const std::string size = std::to_string(without_doubled_dots(each.body).size());
    EXPECT_NE(each.mail.find(" SIZE=" + size), std::string::npos) << each.mail << " " << each.body.size();
  }
}

TEST_P(FlusherPersonal, WhoeverWasDeferredGetsTheirOwnCopyLater) {
  bool is_first = true;
  ScriptedSmtpServer::Script refusing = script();
  refusing.answer = [&](const std::string& stage, const std::string& line) -> std::string {
    return is_first && stage == "RCPT" && line.find("<p1") != std::string::npos ? "451 4.7.1 greylisted" : "";
  };
  ScriptedSmtpServer server(std::move(refusing));
  SpoolSite site;
  site.use_smtp(server.port());
  site.members() = 30;
  site.post(SpoolSite::personal_job(1));
  EXPECT_EQ(site.flush().deferred, 11U);
  is_first = false;
  site.now() += kFirstDelay;
  EXPECT_EQ(site.flush().delivered, 11U);
  expect_own_copies(server, 30);
}

TEST_P(FlusherPersonal, OverLmtpToo) {
  ScriptedSmtpServer server(script());
  SpoolSite site;
  site.use_lmtp(server.port());
  site.members() = 20;
  site.post(SpoolSite::personal_job(1));
  EXPECT_EQ(site.flush().delivered, 20U);
  expect_own_copies(server, 20);
}

INSTANTIATE_TEST_SUITE_P(Peers, FlusherPersonal,
                         testing::Values(Peer{"plain", {"8BITMIME"}}, Peer{"pipelining", {"PIPELINING", "8BITMIME"}},
                                         Peer{"chunking", {"PIPELINING", "8BITMIME", "CHUNKING"}},
                                         Peer{"chunking_alone", {"CHUNKING"}},
                                         Peer{"everything", {"PIPELINING", "8BITMIME", "SMTPUTF8", "CHUNKING", "DSN"}}),
                         [](const testing::TestParamInfo<Peer>& peer) { return std::string(peer.param.name); });

TEST(FlusherPersonalFiles, MaildirsGetTheirOwnCopy) {
  SpoolSite site;
  site.members() = 12;
  site.post(SpoolSite::personal_job(1));
  EXPECT_EQ(site.flush().delivered, 12U);
  for (const std::string& address : SpoolSite::people(12)) {
    const std::string folder = site.mail() + "/" + address + "/new";
    const auto files = list_directory(folder).value();
    ASSERT_EQ(files.size(), 1U);
    const std::string octets = read_file(folder + "/" + files.front(), 100'000).value();
    expect_own_copy(octets.substr(octets.find("Subject:")), address);
  }
}

TEST(FlusherPersonalFiles, SendmailGetsOneCopyARecipient) {
  SpoolSite site;
  const std::string program = site.root() + "/sendmail";
  std::ofstream(program) << "#!/bin/sh\nfor last; do :; done\n[ \"$4\" = -- ] && [ $# = 5 ] && cat > " << site.root()
                         << "/got.$last\n";
  ASSERT_EQ(chmod(program.c_str(), 0700), 0);
  site.options().relay = Relay::parse("sendmail:" + program).value();
  site.members() = 9;
  site.post(SpoolSite::personal_job(1));
  EXPECT_EQ(site.flush().delivered, 9U);
  for (const std::string& address : SpoolSite::people(9)) {
    expect_own_copy(read_file(site.root() + "/got." + address, 100'000).value(), address);
  }
}

// The names of whom an earlier run read from the roster are not in the file: they are asked for again.
TEST(FlusherPersonalFiles, KilledAtAnyPointEverybodyHasTheirOwnCopyOnce) {
  SpoolSite site;
  site.members() = 120;
  site.post(SpoolSite::personal_job(1));
  const std::vector<std::string> all = SpoolSite::people(120);
  const auto delivered = [&] {
    std::size_t count = 0;
    for (const std::string& address : all) count += site.copies(address);
    return count;
  };
  int kills = 0;
  for (int run = 0; run < 100; ++run) {
    const std::size_t enough = delivered() + 7;
    const pid_t child = fork();
    if (child == 0) _exit(flush(site.spool(), site.options(), site.help()).ok() ? 0 : 1);
    int status = 0;
    bool has_ended = false;
    while (!(has_ended = waitpid(child, &status, WNOHANG) == child) && delivered() < enough) {
    }
    if (has_ended) break;
    kill(child, SIGKILL);
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ++kills;
  }
  EXPECT_GE(kills, 3);
  EXPECT_TRUE(site.is_empty());
  for (const std::string& address : all) {
    ASSERT_EQ(site.copies(address), 1U) << address;
    const std::string folder = site.mail() + "/" + address + "/new";
    const std::string octets = read_file(folder + "/" + list_directory(folder).value().front(), 100'000).value();
    expect_own_copy(octets.substr(octets.find("Subject:")), address);
  }
}

TEST(FlusherPersonalFiles, WordsThatCannotBeReadKeepTheJobForLater) {
  SpoolSite site;
  site.members() = 5;
  Job job = SpoolSite::personal_job(1);
  job.roster.reset();
  job.recipients = SpoolSite::people(5);
  site.post(job);
  FlushHelp help = site.help();
  help.words = [](const std::string&, const WordsWanted&,
                  const std::vector<std::string>&) -> Result<std::vector<OwnWords>> {
    return Error{ErrorKind::again, "store: busy"};
  };
  const Result<FlushReport> report = flush(site.spool(), site.options(), help);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->delivered, 0U);
  EXPECT_EQ(site.names("later").size(), 1U);
}

// Other jobs never ask.
TEST(FlusherPersonalFiles, AJobWithoutWordsAsksForNone) {
  SpoolSite site;
  site.members() = 5;
  Job job = SpoolSite::personal_job(1);
  std::erase_if(job.points, [](const Point& point) { return wanted_at({point}).any(); });
  site.post(job);
  site.post(SpoolSite::roster_job(2));
  site.post(SpoolSite::job(3, SpoolSite::people(5)));
  FlushHelp help = site.help();
  std::size_t asked = 0;
  help.words = [&](const std::string&, const WordsWanted&,
                   const std::vector<std::string>&) -> Result<std::vector<OwnWords>> {
    ++asked;
    return std::vector<OwnWords>();
  };
  help.roster = [&, roster = help.roster](const RosterQuery& query, auto place, std::size_t max) {
    asked += query.words.any() ? 1 : 0;
    return roster(query, place, max);
  };
  EXPECT_EQ(flush(site.spool(), site.options(), help)->delivered, 15U);
  EXPECT_EQ(asked, 0U);
}

}  // namespace
}  // namespace majlis::spool
