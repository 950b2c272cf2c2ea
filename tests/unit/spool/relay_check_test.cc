#include "spool/relay_check.h"

#include <gmock/gmock.h>

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

}  // namespace
}  // namespace majlis::spool
