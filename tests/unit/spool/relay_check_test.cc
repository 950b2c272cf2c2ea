#include "spool/relay_check.h"

#include <gmock/gmock.h>

#include "tests/support/scripted_smtp_server.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using testing::HasSubstr;

std::string problem_of(const std::string& url) { return relay_problem(Relay::parse(url).value()); }

TEST(RelayCheck, AProgramMustBeThereAndMayBeRun) {
  EXPECT_EQ(problem_of("sendmail:/bin/true"), "");
  EXPECT_THAT(problem_of("sendmail:/no/such/program"), HasSubstr("it cannot be run: "));
  EXPECT_THAT(problem_of("sendmail:/etc/passwd"), HasSubstr("it cannot be run: "));
}

TEST(RelayCheck, AMaildirsFolderIsMadeWithTheFirstDelivery) {
  const SpoolSite site;
  EXPECT_EQ(problem_of("maildir:" + site.root() + "/mail"), "");
  EXPECT_THAT(problem_of("maildir:" + site.root() + "/none/mail"), HasSubstr("cannot be written"));
}

TEST(RelayCheck, WhereNobodyListensThereIsNoConnection) {
  const SpoolSite site;
  EXPECT_NE(problem_of("lmtp:" + site.root() + "/socket"), "");
  EXPECT_NE(problem_of("smtp://127.0.0.1:1"), "");
}

TEST(RelayCheck, AServerThatGreetsIsThereAndOneThatRefusesIsQuoted) {
  const test::ScriptedSmtpServer willing({});
  EXPECT_EQ(problem_of("smtp://127.0.0.1:" + willing.port()), "");
  for (const char* greeting : {"554 go \x1B[2Jaway", test::ScriptedSmtpServer::kDrop}) {
    test::ScriptedSmtpServer::Script script;
    script.answer = [&](const std::string& stage, const std::string&) {
      return stage == "CONNECT" ? std::string(greeting) : "";
    };
    const test::ScriptedSmtpServer unwilling(std::move(script));
    const bool drops = std::string(greeting) == test::ScriptedSmtpServer::kDrop;
    EXPECT_EQ(problem_of("smtp://127.0.0.1:" + unwilling.port()),
              drops ? "the connection was closed before a greeting" : "it greets with '554 go \\x1b[2Jaway'");
  }
}

}  // namespace
}  // namespace majlis::spool
