#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include "spool/smtp/smtp_session.h"
#include "tests/support/scripted_smtp_server.h"
#include "tests/support/test_certificate.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using test::ScriptedSmtpServer;
using test::TestCertificate;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kUser = "majlis-user";
constexpr const char* kPassword = "correct horse battery";

const TestCertificate& certificate_of_the_loopback() {
  static const TestCertificate made = TestCertificate::make("IP:127.0.0.1");
  return made;
}

ScriptedSmtpServer::Script with_tls(const std::vector<std::string>& more = {}) {
  ScriptedSmtpServer::Script script;
  script.extensions = {"PIPELINING", "STARTTLS"};
  script.extensions.insert(script.extensions.end(), more.begin(), more.end());
  script.certificate = certificate_of_the_loopback();
  return script;
}

// A site with one job for three.
class TlsSite : public SpoolSite {
 public:
  TlsSite() { post(job(1, people(3))); }
  void trust(const TestCertificate& certificate) {
    EXPECT_TRUE(replace_file(root() + "/ca.pem", certificate.certificate, 0600).ok());
    options().tls_ca_file = root() + "/ca.pem";
  }
  std::string log_text() const { return read_file(root() + "/log", 1'000'000).value(); }
};

std::size_t flush_to(const ScriptedSmtpServer& server, TlsSite& site) {
  site.use_smtp(server.port());
  return site.flush().delivered;
}

TEST(SmtpTls, IsUsedWhenOfferedWhoeverAnswers) {
  ScriptedSmtpServer server(with_tls());
  TlsSite site;
  site.options().connections = 1;
  EXPECT_EQ(flush_to(server, site), 3U);
  EXPECT_EQ(server.secured(), 1U);
  const std::vector<std::string> said = server.commands();
  ASSERT_GE(said.size(), 4U);
  EXPECT_EQ(said[1], "STARTTLS");
  EXPECT_THAT(said[2], StartsWith("EHLO ")) << "what was said in clear text is asked again";
}

TEST(SmtpTls, IsNotUsedWhenSwitchedOff) {
  ScriptedSmtpServer server(with_tls());
  TlsSite site;
  site.options().tls = RelayTls::off;
  EXPECT_EQ(flush_to(server, site), 3U);
  EXPECT_EQ(server.secured(), 0U);
}

TEST(SmtpTls, ThatIsRequiredDeliversToATrustedCertificateOfThatName) {
  ScriptedSmtpServer server(with_tls());
  TlsSite site;
  site.options().tls = RelayTls::required;
  site.trust(certificate_of_the_loopback());
  EXPECT_EQ(flush_to(server, site), 3U);
  EXPECT_GE(server.secured(), 1U);
}

TEST(SmtpTls, ThatIsRequiredSendsNothingToAnybodyElse) {
  const TestCertificate of_another = TestCertificate::make("DNS:other.example.org,IP:127.0.0.2");
  for (const bool is_wrong_name : {true, false}) {
    ScriptedSmtpServer::Script script = with_tls();
    if (is_wrong_name) script.certificate = of_another;
    ScriptedSmtpServer server(std::move(script));
    TlsSite site;
    site.options().tls = RelayTls::required;
    site.trust(of_another);
    EXPECT_EQ(flush_to(server, site), 0U);
    EXPECT_THAT(server.commands(), Not(Contains(StartsWith("MAIL"))));
    EXPECT_EQ(site.names("later").size(), 1U);
    EXPECT_THAT(site.log_text(), HasSubstr("certificate"));
  }
}

TEST(SmtpTls, ThatIsRequiredSendsNothingWhereItIsNotOfferedOrRefused) {
  for (const bool is_offered : {true, false}) {
    ScriptedSmtpServer::Script script = with_tls();
    if (!is_offered) script.extensions = {"PIPELINING"};
    script.answer = [](const std::string& stage, const std::string&) {
      return std::string(stage == "STARTTLS" ? "454 4.7.0 not now" : "");
    };
    ScriptedSmtpServer server(std::move(script));
    TlsSite site;
    site.options().tls = RelayTls::required;
    site.trust(certificate_of_the_loopback());
    EXPECT_EQ(flush_to(server, site), 0U);
    EXPECT_THAT(server.commands(), Not(Contains(StartsWith("MAIL"))));
    EXPECT_EQ(site.names("later").size(), 1U);
  }
}

TEST(SmtpTls, WhereItIsOfferedAndBrokenIsDoneWithout) {
  for (const std::string answer : {"454 4.7.0 not now", ""}) {
    ScriptedSmtpServer::Script script = with_tls();
    script.certificate = {};  // 220, and then no handshake
    script.answer = [&](const std::string& stage, const std::string&) {
      return stage == "STARTTLS" ? answer : std::string();
    };
    ScriptedSmtpServer server(std::move(script));
    TlsSite site;
    EXPECT_EQ(flush_to(server, site), 3U);
    EXPECT_EQ(server.recipients().size(), 3U);
  }
}

TEST(SmtpTls, NeverHearsWhatWasSaidBeforeTheHandshake) {
  for (const std::string injected : {"250 injected", "250-x", "2"}) {
    ScriptedSmtpServer::Script script = with_tls();
    script.answer = [&](const std::string& stage, const std::string&) {
      return stage == "STARTTLS" ? "220 go on\r\n" + injected : std::string();
    };
    ScriptedSmtpServer server(std::move(script));
    TlsSite site;
    EXPECT_EQ(flush_to(server, site), 0U);
    EXPECT_THAT(server.commands(), Not(Contains(StartsWith("MAIL"))));
    EXPECT_THAT(site.log_text(), HasSubstr("behind the answer to STARTTLS"));
  }
}

TEST(SmtpTls, IsOnePointTwoAtLeast) {
  ScriptedSmtpServer::Script script = with_tls();
  script.newest_tls = TLS1_1_VERSION;
  ScriptedSmtpServer server(std::move(script));
  TlsSite site;
  site.options().tls = RelayTls::required;
  site.trust(certificate_of_the_loopback());
  EXPECT_EQ(flush_to(server, site), 0U);
  EXPECT_EQ(server.secured(), 0U);
}

TEST(SmtpTls, FromTheStartIsAlwaysVerified) {
  for (const bool is_trusted : {true, false}) {
    ScriptedSmtpServer::Script script = with_tls();
    script.tls = ScriptedSmtpServer::Tls::from_the_start;
    ScriptedSmtpServer server(std::move(script));
    TlsSite site;
    if (is_trusted) site.trust(certificate_of_the_loopback());
    site.options().tls = RelayTls::off;
    site.options().relay = Relay::parse("smtps://127.0.0.1:" + server.port()).value();
    EXPECT_EQ(site.flush().delivered, is_trusted ? 3U : 0U);
    EXPECT_THAT(server.commands(), Not(Contains("STARTTLS")));
  }
}

TEST(SmtpTls, CarriesLongMessagesAndManyAnswers) {
  ScriptedSmtpServer::Script script = with_tls({"CHUNKING"});
  ScriptedSmtpServer server(std::move(script));
  TlsSite site;
  Job job = SpoolSite::job(2, SpoolSite::people(250));
  job.recipients.push_back("last@example.org");
  while (job.message.size() < 3'000'000) job.message += std::string(70, 'x') + "\n";
  site.post(job);
  EXPECT_EQ(flush_to(server, site), 254U);
  for (const ScriptedSmtpServer::Received& each : server.received()) {
    EXPECT_EQ(each.body.size() > 3'000'000, each.recipients != SpoolSite::people(3));
  }
}

TEST(SmtpTls, WithoutReadableCertificatesToTrustSendsNothing) {
  ScriptedSmtpServer server(with_tls());
  TlsSite site;
  site.options().tls_ca_file = site.root() + "/nowhere.pem";
  EXPECT_EQ(flush_to(server, site), 0U);
  EXPECT_EQ(site.names("later").size(), 1U);
}

class SmtpAuthBy : public testing::TestWithParam<const char*> {};

TEST_P(SmtpAuthBy, ShowsTheCredentialsAndKeepsThemOutOfTheLog) {
  const std::string plain = "AUTH PLAIN AG1hamxpcy11c2VyAGNvcnJlY3QgaG9yc2UgYmF0dGVyeQ==";
  const std::string login = "AUTH LOGIN bWFqbGlzLXVzZXI= Y29ycmVjdCBob3JzZSBiYXR0ZXJ5";
  const std::string expected = GetParam() == std::string("PLAIN") ? plain : login;
  for (const std::string verdict : {"", "535 5.7.8 not you, correct horse battery", "421 correct horse battery"}) {
    std::string seen;
    ScriptedSmtpServer::Script script = with_tls({std::string("AUTH ") + GetParam()});
    script.answer = [&](const std::string& stage, const std::string& line) {
      if (stage == "AUTH") seen = line;
      return stage == "AUTH" ? verdict : std::string();
    };
    ScriptedSmtpServer server(std::move(script));
    TlsSite site;
    site.options().credentials = Credentials{kUser, kPassword};
    site.options().connections = 1;
    EXPECT_EQ(flush_to(server, site), verdict.empty() ? 3U : 0U);
    EXPECT_EQ(seen, expected);
    EXPECT_EQ(server.secured(), 1U);
    EXPECT_THAT(site.log_text(), Not(HasSubstr("correct horse")));
    EXPECT_THAT(site.log_text(), Not(HasSubstr("Y29ycmVjdC")));
    EXPECT_EQ(site.names("later").empty(), verdict.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Mechanisms, SmtpAuthBy, testing::Values("PLAIN", "LOGIN"));

TEST(SmtpAuth, IsNeededWhenThereAreCredentials) {
  ScriptedSmtpServer server(with_tls({"AUTH CRAM-MD5"}));
  TlsSite site;
  site.options().credentials = Credentials{kUser, kPassword};
  EXPECT_EQ(flush_to(server, site), 0U);
  EXPECT_THAT(server.commands(), Not(Contains(StartsWith("MAIL"))));
}

// No batches.
class NoWork : public BatchSource {
 public:
  std::optional<Batch> take() override { return std::nullopt; }
  Status intend(const Batch&, const std::vector<DeliveryOutcome>&) override { return {}; }
  Status write_down() override { return {}; }
  void settle(const Batch&, const std::vector<DeliveryOutcome>&) override {}
  void do_without_xverp() override {}
  void limit_recipients(std::size_t) override {}
  int sync_overdue() override { return -1; }
  bool is_out_of_time() const override { return false; }
  void stop(const DeliveryStatus&) override {}
};

std::string all_of(const SendBuffer& outgoing) {
  std::array<iovec, SendBuffer::kPieces> pieces{};
  std::string all;
  const std::size_t count = outgoing.pieces(pieces);
  for (std::size_t i = 0; i < count; ++i) {
    all.append(static_cast<const char*>(pieces[i].iov_base), pieces[i].iov_len);
  }
  return all;
}

TEST(SmtpAuth, LeavesTheMachineOverTlsOnly) {
  for (const bool is_allowed : {true, false}) {
    NoWork work;
    FlushOptions options;
    options.relay = Relay::parse("smtp://192.0.2.1").value();
    options.helo_name = "client.example";
    options.credentials = Credentials{kUser, kPassword};
    options.may_auth_without_tls = is_allowed;
    PeerNotes notes;
    SmtpSession session(work, Protocol::smtp, options, notes);
    session.reached(Place::elsewhere);
    EXPECT_EQ(session.verification(), is_allowed ? Verify::nothing : Verify::chain_and_name);
    session.receive("220 hello\r\n");
    session.outgoing().take_sent(static_cast<std::size_t>(session.outgoing().added()));
    session.receive("250-mx\r\n250 AUTH PLAIN\r\n");
    EXPECT_EQ(session.is_over(), !is_allowed);
    EXPECT_EQ(all_of(session.outgoing()).find("AUTH") != std::string::npos, is_allowed);
  }
}

TEST(Credentials, AreReadFromAFileThatIsOursAlone) {
  SpoolSite site;
  const std::string path = site.root() + "/secret";
  ASSERT_TRUE(replace_file(path, std::string(kUser) + "\n" + kPassword + "\n", 0600).ok());
  const Result<Credentials> own = Credentials::load(path);
  ASSERT_TRUE(own.ok()) << own.error().what;
  EXPECT_EQ(own->user, kUser);
  EXPECT_EQ(own->password, kPassword);
  for (const mode_t mode : {0640U, 0604U, 0644U, 0620U, 0700U}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    const Result<Credentials> refused = Credentials::load(path);
    ASSERT_FALSE(refused.ok()) << mode;
    EXPECT_EQ(refused.error().kind, ErrorKind::misconfigured);
    EXPECT_THAT(refused.error().what, Not(HasSubstr(kPassword)));
  }
}

TEST(Credentials, OfAnyOtherShapeAreRefusedWithoutBeingShown) {
  SpoolSite site;
  const std::string path = site.root() + "/secret";
  EXPECT_FALSE(Credentials::load(path).ok());
  EXPECT_FALSE(Credentials::load(site.root()).ok());
  for (const std::string text : {"", "one line\n", "a\n\n", "\nb\n", "a\nb\nc\n", "a\nb\tb\n"}) {
    ASSERT_TRUE(replace_file(path, text, 0600).ok());
    const Result<Credentials> refused = Credentials::load(path);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_THAT(refused.error().what, Not(HasSubstr("one line")));
  }
}

}  // namespace
}  // namespace majlis::spool
