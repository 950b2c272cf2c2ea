#include "net/dmarc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace majlis::net {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using Kind = DmarcFinding::Kind;

// A DNS of texts; a name it does not know exists without a text. It writes down what it was asked.
struct Zone {
  std::map<std::string, std::vector<std::string>> texts = {};
  std::vector<std::string> missing = {};
  std::vector<std::string> broken = {};
  std::vector<std::string> asked = {};

  TxtLookup lookup() {
    return [this](const std::string& name) {
      asked.push_back(name);
      TxtAnswer answer;
      answer.seconds = 600;
      const auto is_in = [&](const std::vector<std::string>& names) {
        return std::find(names.begin(), names.end(), name) != names.end();
      };
      const auto found = texts.find(name);
      answer.kind = TxtAnswer::Kind::no_record;
      if (found != texts.end()) {
        answer.kind = TxtAnswer::Kind::found;
        answer.texts = found->second;
      }
      if (is_in(missing)) answer.kind = TxtAnswer::Kind::no_name;
      if (is_in(broken)) answer = {TxtAnswer::Kind::failed, {}, kFailureSeconds, "net: broken"};
      return answer;
    };
  }
  DmarcFinding policy(const std::string& domain) { return find_dmarc_policy(domain, lookup()); }
  std::string organization(const std::string& domain) {
    const Result<std::string> found = find_organizational_domain(domain, lookup());
    return found ? *found : found.error().what;
  }
};

// RFC 9989 4.10.
TEST(Dmarc, WalksUpInEightQuestions) {
  EXPECT_THAT(walk_targets("a.b.c.d.e.f.g.h.i.j.mail.example.com"),
              ElementsAre("a.b.c.d.e.f.g.h.i.j.mail.example.com", "g.h.i.j.mail.example.com", "h.i.j.mail.example.com",
                          "i.j.mail.example.com", "j.mail.example.com", "mail.example.com", "example.com", "com"));
  EXPECT_THAT(walk_targets("mail.a.b.c.d.e.f.g.example.com"), SizeIs(kMaxWalkQuestions));
  EXPECT_THAT(walk_targets("a.b.c.d.e.f.example.com"), SizeIs(8));
  EXPECT_THAT(walk_targets("b.c.d.e.f.example.com"), SizeIs(7));
  EXPECT_THAT(walk_targets("com"), ElementsAre("com"));
  Zone zone;
  zone.policy(std::string(100, 'x') + ".a.b.c.d.e.f.g.h.example.com");
  EXPECT_THAT(zone.asked, SizeIs(kMaxWalkQuestions));
}

// RFC 9989 4.10.2, its three examples, and 5.1.8.
TEST(Dmarc, FindsTheOrganizationalDomain) {
  Zone first{
      .texts = {{"_dmarc.mail.example.com", {"v=DMARC1; p=none"}}, {"_dmarc.example.com", {"v=DMARC1; p=none"}}}};
  EXPECT_EQ(first.organization("a.mail.example.com"), "example.com");
  Zone second{
      .texts = {{"_dmarc.mail.example.com", {"v=DMARC1; psd=n"}}, {"_dmarc.example.com", {"v=DMARC1; p=none"}}}};
  EXPECT_EQ(second.organization("a.mail.example.com"), "mail.example.com");
  EXPECT_THAT(second.asked, ElementsAre("_dmarc.a.mail.example.com", "_dmarc.mail.example.com"));
  Zone third{.texts = {{"_dmarc.com", {"v=DMARC1; psd=y"}}}};
  EXPECT_EQ(third.organization("a.mail.example.com"), "example.com");
  Zone far{.texts = {{"_dmarc.b.c.d.e.f.g.example.com", {"v=DMARC1; psd=n"}}, {"_dmarc.example.com", {"v=DMARC1"}}}};
  EXPECT_EQ(far.organization("mail.a.b.c.d.e.f.g.example.com"), "example.com");
  Zone suffix{.texts = {{"_dmarc.gov.example", {"v=DMARC1; psd=y; p=none"}}}};
  EXPECT_EQ(suffix.organization("gov.example"), "gov.example");
  EXPECT_EQ(suffix.organization("tax.gov.example"), "tax.gov.example");
  EXPECT_EQ(Zone().organization("a.example.com"), "a.example.com");
}

TEST(Dmarc, AnOrganizationNobodyKnowsIsAnError) {
  Zone zone{.broken = {"_dmarc.example.com"}};
  EXPECT_EQ(zone.organization("a.example.com"), "net: broken");
}

TEST(Dmarc, TheDomainsOwnRecordCountsAndOneQuestionFindsIt) {
  Zone zone{.texts = {{"_dmarc.a.example.com", {"other", "v=DMARC1; p=quarantine; sp=reject"}},
                      {"_dmarc.example.com", {"v=DMARC1; p=reject"}}}};
  const DmarcFinding finding = zone.policy("a.example.com");
  EXPECT_EQ(finding.kind, Kind::found);
  EXPECT_EQ(finding.policy, DmarcPolicy::quarantine);
  EXPECT_EQ(finding.seconds, 600U);
  EXPECT_THAT(zone.asked, SizeIs(1));
}

TEST(Dmarc, SubdomainsAreUnderTheOrganizationsRecord) {
  Zone zone{.texts = {{"_dmarc.example.com", {"v=DMARC1; p=reject"}}}};
  EXPECT_EQ(zone.policy("a.b.example.com").policy, DmarcPolicy::reject);
  zone.texts["_dmarc.example.com"] = {"v=DMARC1; p=reject; sp=none"};
  EXPECT_EQ(zone.policy("a.b.example.com").policy, DmarcPolicy::none);
  EXPECT_EQ(zone.policy("example.com").policy, DmarcPolicy::reject);
  // One that is between does not count (4.7, sp).
  zone.texts["_dmarc.b.example.com"] = {"v=DMARC1; p=quarantine"};
  EXPECT_EQ(zone.policy("a.b.example.com").policy, DmarcPolicy::none);
}

TEST(Dmarc, NamesThatDoNotExistHaveAPolicyOfTheirOwn) {
  Zone zone{.texts = {{"_dmarc.example.com", {"v=DMARC1; p=none; sp=quarantine; np=reject"}}},
            .missing = {"gone.example.com"}};
  EXPECT_EQ(zone.policy("gone.example.com").policy, DmarcPolicy::reject);
  EXPECT_EQ(zone.policy("there.example.com").policy, DmarcPolicy::quarantine);
  EXPECT_EQ(zone.asked.back(), "there.example.com");
  zone.broken = {"there.example.com"};
  EXPECT_EQ(zone.policy("there.example.com").kind, Kind::failed);
}

TEST(Dmarc, ASuffixSpeaksWhereTheOrganizationIsSilent) {
  Zone zone{.texts = {{"_dmarc.gov.example", {"v=DMARC1; psd=y; p=reject; sp=quarantine"}}}};
  EXPECT_EQ(zone.policy("mail.tax.gov.example").policy, DmarcPolicy::quarantine);
  zone.texts["_dmarc.tax.gov.example"] = {"v=DMARC1; p=none"};
  EXPECT_EQ(zone.policy("mail.tax.gov.example").policy, DmarcPolicy::none);
}

TEST(Dmarc, SeveralRecordsAreNone) {
  Zone zone{.texts = {{"_dmarc.a.example.com", {"v=DMARC1; p=reject", "v=DMARC1; p=reject"}}}};
  EXPECT_EQ(zone.policy("a.example.com").kind, Kind::none);
  zone.texts["_dmarc.a.example.com"] = {"v=DMARC1; p=reject", "v=DMARC2; p=none"};
  EXPECT_EQ(zone.policy("a.example.com").kind, Kind::found);
}

TEST(Dmarc, WhereALookUpFailsNothingIsKnown) {
  Zone zone{.texts = {{"_dmarc.example.com", {"v=DMARC1; p=reject"}}}, .broken = {"_dmarc.a.example.com"}};
  const DmarcFinding finding = zone.policy("a.example.com");
  EXPECT_EQ(finding.kind, Kind::failed);
  EXPECT_EQ(finding.why, "net: broken");
  EXPECT_EQ(finding.seconds, kFailureSeconds);
  Zone above{.broken = {"_dmarc.com"}};
  EXPECT_EQ(above.policy("example.com").kind, Kind::failed);
}

TEST(Dmarc, ARecordThatIsNotAppliedIsNone) {
  Zone zone{.texts = {{"_dmarc.example.com", {"v=DMARC1; p=everything"}}}};
  EXPECT_EQ(zone.policy("example.com").kind, Kind::none);
  EXPECT_EQ(Zone().policy("example.com").kind, Kind::none);
}

TEST(Dmarc, ATestIsToldWithThePolicyThatIsTested) {
  Zone zone{.texts = {{"_dmarc.example.com", {"v=DMARC1; p=reject; t=y"}}}};
  EXPECT_EQ(zone.policy("example.com").policy, DmarcPolicy::reject);
  EXPECT_TRUE(zone.policy("example.com").is_test);
}

}  // namespace
}  // namespace majlis::net
