#include "spool/smtp/smtp_extensions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "tests/support/scripted_smtp_server.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using test::ScriptedSmtpServer;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

ScriptedSmtpServer::Script offering(std::vector<std::string> extensions) {
  ScriptedSmtpServer::Script script;
  script.extensions = std::move(extensions);
  return script;
}

TEST(SmtpExtensions, AreReadWhateverTheirCase) {
  const Extensions extensions =
      Extensions::parse("mx.example\npipelining\nSize 100\n8BitMime\nAUTH=LOGIN\nauth plain X-OTHER\n\nCHUNKINGS\nDSN");
  EXPECT_TRUE(extensions.pipelining && extensions.size && extensions.eight_bit_mime && extensions.dsn);
  EXPECT_TRUE(extensions.auth_login && extensions.auth_plain);
  EXPECT_FALSE(extensions.chunking || extensions.starttls || extensions.xverp || extensions.smtputf8);
  EXPECT_FALSE(Extensions::parse("STARTTLS").starttls) << "the first line is the server's name";
}

TEST(SmtpChunking, CarriesMessagesWithoutDoubledDots) {
  ScriptedSmtpServer server(offering({"PIPELINING", "CHUNKING"}));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().recipients_per_transaction = 3;
  site.post(SpoolSite::job(1, SpoolSite::people(20)));
  EXPECT_EQ(site.flush().delivered, 20U);
  EXPECT_EQ(server.recipients().size(), 20U);
  for (const ScriptedSmtpServer::Received& each : server.received()) {
    EXPECT_EQ(each.body, "Subject: soup\r\n\r\n.hidden\r\nbody\r\n");
  }
  EXPECT_THAT(server.commands(), Not(Contains("DATA")));
}

TEST(SmtpChunking, IsNotUsedWithoutPipelining) {
  ScriptedSmtpServer server(offering({"CHUNKING"}));
  SpoolSite site;
  site.use_smtp(server.port());
  site.post(SpoolSite::job(1, SpoolSite::people(3)));
  EXPECT_EQ(site.flush().delivered, 3U);
  EXPECT_THAT(server.commands(), Not(Contains(StartsWith("BDAT"))));
}

// A peer that would read the message as commands never gets it.
TEST(SmtpChunking, OfferedByAPeerThatDoesNotKnowItIsDoneWithout) {
  ScriptedSmtpServer::Script script = offering({"PIPELINING", "CHUNKING"});
  script.bdat = ScriptedSmtpServer::Bdat::unknown;
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 2;
  Job job = SpoolSite::job(1, SpoolSite::people(9));
  job.message = "RCPT TO:<evil@example.org>\n\nRSET\nMAIL FROM:<evil@example.org>\n.\nDATA\n";
  site.post(job);
  EXPECT_EQ(site.flush().delivered, 9U);
  EXPECT_EQ(server.recipients().size(), 9U);
  EXPECT_THAT(server.commands(), Not(Contains(HasSubstr("evil"))));
  EXPECT_THAT(server.commands(), Contains("BDAT 1"));
}

TEST(SmtpChunking, CannotBeUsedToSmuggleACommand) {
  for (const std::string end : {"\n.\n", "\r.\r", "\r\n.\n", "\n.\r\n", "\r\n.\r\n", "\r\n\r\n.\r"}) {
    for (const std::vector<std::string>& extensions :
         {std::vector<std::string>{"PIPELINING", "CHUNKING"}, std::vector<std::string>{"PIPELINING"}}) {
      ScriptedSmtpServer server(offering(extensions));
      SpoolSite site;
      site.use_smtp(server.port());
      Job job = SpoolSite::job(1, SpoolSite::people(2));
      job.message = "Subject: x\n\na" + end + "MAIL FROM:<evil@x>" + end + "RSET" + end;
      site.post(job);
      EXPECT_EQ(site.flush().delivered, 2U);
      EXPECT_THAT(server.commands(), Not(Contains(HasSubstr("evil"))));
      ASSERT_EQ(server.received().size(), 1U);
      std::string body = server.received()[0].body;
      EXPECT_THAT(body, HasSubstr("MAIL FROM:<evil@x>\r\n"));
      for (std::size_t i = 0; i < body.size(); ++i) {
        EXPECT_EQ(body[i] == '\n', i > 0 && body[i - 1] == '\r');
      }
    }
  }
}

TEST(SmtpChunking, HasAsManyOnTheWayAsOneTransactionMayHaveRecipients) {
  // The peer answers no message until nothing more comes.
  std::size_t asked = 0;
  ScriptedSmtpServer::Script script = offering({"PIPELINING", "CHUNKING"});
  script.answer = [&](const std::string& stage, const std::string&) {
    return std::string(stage == "DOT" && ++asked == 2 ? ScriptedSmtpServer::kFallSilent : "");
  };
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 5;
  Job job = SpoolSite::job(1, SpoolSite::people(40));
  job.verp = Verp::per_recipient;
  site.post(job);
  const FlushReport report = site.flush();
  EXPECT_EQ(report.deferred, 5U) << "they are uncertain and wait";
  EXPECT_EQ(report.delivered, 35U) << "over the next connection";
  EXPECT_EQ(server.recipients().size(), 40U);
}

// Whose message is on its way when the peer refuses to forget another one has his answer heard, and nothing again.
TEST(SmtpChunking, BehindARefusedResetEveryAnswerIsHeard) {
  for (const std::string refusal : {"451 4.3.0 not now", "502 5.5.1 what"}) {
    std::size_t messages = 0;
    std::size_t resets = 0;
    ScriptedSmtpServer::Script script = offering({"PIPELINING", "CHUNKING"});
    script.answer = [&](const std::string& stage, const std::string&) -> std::string {
      if (stage == "DOT") return ++messages == 2 ? "450 4.2.0 later" : "";
      if (stage == "RSET") return ++resets == 2 ? refusal : "";
      return "";
    };
    ScriptedSmtpServer server(std::move(script));
    SpoolSite site;
    site.use_smtp(server.port());
    site.options().connections = 1;
    site.options().recipients_per_transaction = 6;
    Job job = SpoolSite::job(1, SpoolSite::people(20));
    job.verp = Verp::per_recipient;
    site.post(job);
    const FlushReport report = site.flush();
    EXPECT_EQ(report.deferred, 1U) << "nobody else is to blame";
    EXPECT_EQ(report.delivered, 19U);
    EXPECT_EQ(server.recipients().size(), 19U);
    const std::vector<std::string> all = server.recipients();
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  }
}

// RSET was not obeyed, so the peer thinks the next MAIL nested: that says nothing about whom it is for.
TEST(SmtpChunking, BehindARefusedResetNoSenderIsRefusedForGood) {
  std::size_t messages = 0;
  bool is_stubborn = false;
  ScriptedSmtpServer::Script script = offering({"PIPELINING", "CHUNKING"});
  script.answer = [&](const std::string& stage, const std::string&) -> std::string {
    if (stage == "CONNECT") is_stubborn = false;
    if (stage == "DOT" && ++messages == 2) {
      is_stubborn = true;
      return "450 4.2.0 later";
    }
    if (is_stubborn && stage == "RSET") return "451 4.3.0 not now";
    if (is_stubborn && (stage == "MAIL" || stage == "RCPT")) return "503 5.5.1 not now";
    return "";
  };
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 6;
  Job job = SpoolSite::job(1, SpoolSite::people(20));
  job.verp = Verp::per_recipient;
  site.post(job);
  const FlushReport report = site.flush();
  EXPECT_EQ(report.failed, 0U);
  EXPECT_EQ(report.deferred, 1U);
  EXPECT_EQ(server.recipients().size(), 19U) << "the others over the next connection";
}

TEST(SmtpPipelining, BehindARefusedResetAFinalRefusalIsHeard) {
  ScriptedSmtpServer::Script script = offering({"PIPELINING"});
  std::size_t messages = 0;
  std::size_t resets = 0;
  bool was_refused = false;
  script.answer = [&](const std::string& stage, const std::string&) -> std::string {
    if (stage == "DATA" && ++messages == 1) return "451 4.3.0 not now";
    if (stage == "RSET" && ++resets == 1) return "451 4.3.0 not now";
    if (stage == "RCPT" && resets == 1 && !std::exchange(was_refused, true)) return "550 5.1.1 nobody";
    return "";
  };
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_smtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 1;
  site.post(SpoolSite::job(1, {"first@example.org", "second@example.org"}));
  const FlushReport report = site.flush();
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_EQ(report.failures[0].recipient, "second@example.org");
  EXPECT_EQ(report.deferred, 1U);
  EXPECT_TRUE(server.recipients().empty());
}

// Such a peer refuses the sender and takes recipients. With one recipient it has one thing to say about the message.
TEST(SmtpLmtp, AfterARefusedSenderTheMessagesBehindAreNotSentAgain) {
  ScriptedSmtpServer::Script script = offering({"PIPELINING", "CHUNKING"});
  script.answer = [&](const std::string& stage, const std::string& line) -> std::string {
    return stage == "MAIL" && line.find("p3") != std::string::npos ? "450 4.1.8 who?" : "";
  };
  ScriptedSmtpServer server(std::move(script));
  SpoolSite site;
  site.use_lmtp(server.port());
  site.options().connections = 1;
  site.options().recipients_per_transaction = 6;
  Job job = SpoolSite::job(1, SpoolSite::people(9));
  job.verp = Verp::per_recipient;
  site.post(job);
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 8U);
  EXPECT_EQ(report.deferred, 1U);
  EXPECT_EQ(server.recipients().size(), 8U);
}

TEST(SmtpDsn, AsksForFailuresWithOurOwnJobAsTheirName) {
  ScriptedSmtpServer server(offering({"PIPELINING", "DSN"}));
  SpoolSite site;
  site.use_smtp(server.port());
  site.post(SpoolSite::job(1, SpoolSite::people(1)));
  Job silent = SpoolSite::job(2, {"q@example.org"});
  silent.sender.clear();
  site.post(silent);
  EXPECT_EQ(site.flush().delivered, 2U);
  EXPECT_THAT(server.commands(), Contains(EndsWith(" RET=HDRS ENVID=" + SpoolSite::job(1, {}).id)));
  EXPECT_THAT(server.commands(), Contains("RCPT TO:<p0@example.org> NOTIFY=FAILURE"));
  EXPECT_THAT(server.commands(), Contains("RCPT TO:<q@example.org> NOTIFY=NEVER"));
}

class SmtpVerp : public testing::Test {
 protected:
  // Everything the peer was told by MAIL.
  std::multiset<std::string> senders(VerpForm form, std::vector<std::string> extensions) {
    ScriptedSmtpServer server(offering(std::move(extensions)));
    SpoolSite site;
    site.use_smtp(server.port());
    site.options().verp = form;
    site.options().connections = 2;
    Job job = SpoolSite::job(1, SpoolSite::people(6));
    job.verp = Verp::per_recipient;
    site.post(job);
    EXPECT_EQ(site.flush().delivered, 6U);
    EXPECT_EQ(server.recipients().size(), 6U);
    std::multiset<std::string> all;
    for (const ScriptedSmtpServer::Received& each : server.received()) all.insert(each.mail);
    return all;
  }
};

TEST_F(SmtpVerp, IsSignedUnlessTheSiteWantsItOtherwise) {
  const std::multiset<std::string> all = senders(VerpForm::signed_each, {"PIPELINING", "XVERP"});
  EXPECT_EQ(all.size(), 6U);
  EXPECT_EQ(all.count("MAIL FROM:<signed+p3@x>"), 1U);
}

TEST_F(SmtpVerp, IsThePeersWorkWhereItOffersIt) {
  const std::multiset<std::string> all = senders(VerpForm::xverp, {"PIPELINING", "XVERP"});
  EXPECT_EQ(all, std::multiset<std::string>{"MAIL FROM:<cooks-bounces@lists.example.org> XVERP=+="});
}

TEST_F(SmtpVerp, IsSignedWhereThePeerCannot) {
  const std::multiset<std::string> all = senders(VerpForm::xverp, {"PIPELINING"});
  EXPECT_EQ(all.size(), 6U);
  EXPECT_EQ(all.count("MAIL FROM:<signed+p3@x>"), 1U);
}

TEST(SmtpConversion, GivesEachPeerWhatItTakes) {
  ScriptedSmtpServer server(offering({"PIPELINING"}));
  SpoolSite site;
  site.use_smtp(server.port());
  Job job = SpoolSite::job(1, SpoolSite::people(2));
  job.message =
      "Subject: k\xC3\xA4se\nContent-Type: text/plain; charset=utf-8\n\nk\xC3\xA4se and a good deal of bread\n";
  site.post(job);
  EXPECT_EQ(site.flush().delivered, 2U);
  ASSERT_EQ(server.received().size(), 1U);
  EXPECT_THAT(server.received()[0].body, HasSubstr("\r\n\r\nk=C3=A4se and a good deal of bread\r\n"));
  EXPECT_THAT(server.received()[0].body, HasSubstr("Subject: =?UTF-8?"));
  EXPECT_THAT(server.received()[0].mail, Not(HasSubstr("BODY=")));
}

TEST(SmtpConversion, FailsWhereItIsProhibitedOrImpossible) {
  const std::string is_signed = "Content-Type: multipart/signed; boundary=x\n\n--x\n\nk\xC3\xA4se\n--x--\n";
  const std::string has_address = "To: <k\xC3\xA4se@example.org>\n\nsoup\n";
  for (const auto& [message, status] : {std::pair(is_signed, "5.6.2"), std::pair(has_address, "5.6.7")}) {
    ScriptedSmtpServer server(offering({"PIPELINING"}));
    SpoolSite site;
    site.use_smtp(server.port());
    Job job = SpoolSite::job(1, SpoolSite::people(2));
    job.message = message;
    site.post(job);
    const FlushReport report = site.flush();
    ASSERT_EQ(report.failures.size(), 2U);
    EXPECT_EQ(report.failures[0].status, status);
    EXPECT_TRUE(server.received().empty());
  }
}

TEST(SmtpConversion, DeclaresUtf8HeadersToPeersThatTakeThem) {
  ScriptedSmtpServer server(offering({"PIPELINING", "8BITMIME", "SMTPUTF8"}));
  SpoolSite site;
  site.use_smtp(server.port());
  Job job = SpoolSite::job(1, {"a@example.org"});
  job.message = "Subject: k\xC3\xA4se\n\nsoup\n";
  site.post(job);
  EXPECT_EQ(site.flush().delivered, 1U);
  ASSERT_EQ(server.received().size(), 1U);
  EXPECT_THAT(server.received()[0].mail, EndsWith(" BODY=8BITMIME SMTPUTF8"));
  EXPECT_EQ(server.received()[0].body, "Subject: k\xC3\xA4se\r\n\r\nsoup\r\n");
}

}  // namespace
}  // namespace majlis::spool
