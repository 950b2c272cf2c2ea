#include "foreign/majordomo/aliases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::foreign {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Aliases read(std::string_view text) {
  Aliases aliases;
  aliases.add(text);
  return aliases;
}

TEST(MajordomoAliases, FollowAliasesToAddresses) {
  const Aliases aliases = read("owner-cooks: olga@example.org,\n  Otto\notto: anna@example.com\n");
  EXPECT_THAT(aliases.addresses_behind("owner-cooks", "x.example"),
              ElementsAre("olga@example.org", "anna@example.com"));
}

TEST(MajordomoAliases, GiveLocalUsersADomain) {
  EXPECT_THAT(read("owner-cooks: brent").addresses_behind("owner-cooks", "x.example"), ElementsAre("brent@x.example"));
}

TEST(MajordomoAliases, TakeNoProgramForAPerson) {
  const Aliases aliases = read("a: \"|/bin/sh x, y\", /var/mail/a, :include:/etc/passwd\n");
  EXPECT_THAT(aliases.addresses_behind("a", "x.example"), IsEmpty());
}

TEST(MajordomoAliases, EndWhereTheyGoInACircle) {
  EXPECT_THAT(read("a: b\nb: a\n").addresses_behind("a", "x.example"), IsEmpty());
}

TEST(MajordomoAliases, TellHowResendIsCalled) {
  const auto calls =
      resend_calls(read("cooks: \"|/mj/wrapper resend -l Cooks -h Lists.Example -A -M 100 cooks-out\"\n"));
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].list, "cooks");
  EXPECT_EQ(calls[0].host, "Lists.Example");
  EXPECT_THAT(calls[0].options, ElementsAre(std::pair<std::string, std::string>("-A", ""),
                                            std::pair<std::string, std::string>("-M", "100")));
}

TEST(MajordomoAliases, TellWhereTheArchiveIs) {
  EXPECT_EQ(archive_place(read("cooks-archive: \"|/mj/wrapper archive2.pl -f /var/a/cooks -m -a\""), "cooks"),
            "/var/a/cooks");
  EXPECT_EQ(archive_place(read("cooks-archive: /var/a/cooks"), "Cooks"), "/var/a/cooks");
  EXPECT_EQ(archive_place(read("other-archive: /var/a/cooks"), "cooks"), "");
}

}  // namespace
}  // namespace majlis::foreign
