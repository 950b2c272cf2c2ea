#include "mail/authentication/author_check.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

// example.org is the organisation of what is below it.
bool below_example(const std::string& one, const std::string& other) {
  return one.ends_with("example.org") && other.ends_with("example.org");
}

AuthenticatedBy check(std::string_view field, const SignatureResults& signatures = {}) {
  const auto parsed = parse_authentication_results("mx; " + std::string(field));
  EXPECT_TRUE(parsed) << field;
  return check_author("lists.example.org", parsed->results, below_example, signatures);
}

TEST(AuthorCheck, TakesAPassOfTheSameOrganisation) {
  using enum AuthenticatedBy;
  const std::pair<std::string_view, AuthenticatedBy> kCases[] = {
      {"dkim=pass header.d=lists.example.org", dkim},
      {"dkim=pass header.d=EXAMPLE.org", dkim},
      {"dkim=pass header.d=other.example header.i=@mail.example.org", dkim},
      {"dkim=pass header.i=ann@lists.example.org", dkim},
      {"spf=pass smtp.mailfrom=bounce@mail.example.org", spf},
      {"spf=pass smtp.mailfrom=example.org", spf},
      {"spf=pass smtp.mail=<x@example.org>", spf},
      {"spf=pass smtp.mfrom=x@example.org", spf},
      {"dmarc=pass header.from=lists.example.org", dmarc},
      {"dkim=fail header.d=lists.example.org; dkim=pass header.d=lists.example.org", dkim},
  };
  for (const auto& [field, by] : kCases) EXPECT_EQ(check(field), by) << field;
}

TEST(AuthorCheck, TakesNothingElse) {
  for (const std::string_view field :
       {"none", "dkim=fail header.d=lists.example.org", "dkim=pass header.d=other.example",
        "dkim=pass header.d=notexample.com header.i=@example.org.evil.example", "dkim=pass", "spf=pass",
        "spf=pass smtp.helo=lists.example.org", "spf=softfail smtp.mailfrom=lists.example.org",
        "dmarc=pass header.from=example.org", "dmarc=pass header.d=lists.example.org", "dmarc=pass",
        "sender-id=pass header.from=lists.example.org", "auth=pass smtp.mailfrom=ann@lists.example.org",
        "spf=pass smtp.mailfrom=ann@lists.example.org@evil.example", "dkim=pass header.d=lists.example.org,evil",
        "dkim=pass header.from=lists.example.org", "dkim=pass header.d=lists.example.org header.d=example.org"}) {
    EXPECT_EQ(check(field), AuthenticatedBy::nothing) << field;
  }
}

TEST(AuthorCheck, AsksForSignaturesOnlyWhenNothingElseHelps) {
  int asked = 0;
  const SignatureResults passes = [&] {
    ++asked;
    return std::vector<DkimResult>{
        {.fault = DkimFault::wrong, .domain = "lists.example.org"},
        {.fault = DkimFault::none, .domain = "example.org", .identity_domain = "example.org"}};
  };
  EXPECT_EQ(check("dkim=pass header.d=example.org", passes), AuthenticatedBy::dkim);
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(check("dkim=fail header.d=example.org", passes), AuthenticatedBy::signature);
  EXPECT_EQ(asked, 1);
  const SignatureResults fails = [] {
    return std::vector<DkimResult>{
        {.fault = DkimFault::wrong, .domain = "lists.example.org", .identity_domain = "lists.example.org"}};
  };
  EXPECT_EQ(check("none", fails), AuthenticatedBy::nothing);
}

TEST(AuthorCheck, AsksAboutFewDomains) {
  std::string field = "spf=none";
  for (int i = 0; i < 30; ++i) field += "; dkim=pass header.d=a" + std::to_string(i % 15) + ".example";
  const auto parsed = parse_authentication_results("mx; " + field);
  std::size_t asked = 0;
  const SameOrganization never = [&](const std::string&, const std::string&) {
    ++asked;
    return false;
  };
  EXPECT_EQ(check_author("b.example", parsed->results, never, {}), AuthenticatedBy::nothing);
  EXPECT_EQ(asked, kMaxDomainsAsked);
}

}  // namespace
}  // namespace majlis::mail
