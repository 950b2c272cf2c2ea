#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;

class Trace : public AdminSite {
 protected:
  void add(UnixTime time, const std::string& key, const std::string& text) const {
    auto state = writer();
    ASSERT_TRUE(state->add_trace({time, key, text}, 4'000'000'000).ok());
    ASSERT_TRUE(state->commit().ok());
  }
};

TEST_F(Trace, AMessageIdMayLackItsBrackets) {
  add(1'000'000'000, "<a@example.org>", "verdict=accept");
  const std::string line = "2001-09-09T01:46:40Z  <a@example.org>  verdict=accept\n";
  EXPECT_EQ(majlis({"trace", "<a@example.org>"}).out, line);
  EXPECT_EQ(majlis({"trace", "a@example.org"}).out, line);
}

TEST_F(Trace, WhatMayBeBothIsLookedUpAsBothInOrderOfTime) {
  add(1'000'000'100, "ann@example.org", "second");
  add(1'000'000'000, "<ann@example.org>", "first");
  const std::string out = majlis({"trace", "ann@example.org"}).out;
  EXPECT_LT(out.find("first"), out.find("second"));
}

TEST_F(Trace, AnAddressIsFoundHoweverItIsSpelt) {
  add(1'000'000'000, "ann@example.org", "joined");
  EXPECT_THAT(majlis({"trace", "Ann@EXAMPLE.org"}).out, HasSubstr("joined"));
}

TEST_F(Trace, NothingKnownIsFoundWantingWithTheNextStep) {
  const Ran ran = majlis({"trace", "ann@example.org"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("name a whole address, or a Message-ID in its angle brackets"));
}

TEST_F(Trace, JsonHasTimeKeyAndText) {
  add(1'000'000'000, "<a@example.org>", "x");
  EXPECT_EQ(majlis({"trace", "<a@example.org>", "--json"}).out,
            "{\"time\": \"2001-09-09T01:46:40Z\", \"key\": \"<a@example.org>\", \"text\": \"x\"}\n");
}

TEST_F(Trace, NothingThatSomebodyWroteIsObeyedByATerminal) {
  add(1'000'000'000, "<a\x1B@example.org>", "why=\x1B[2J");
  const std::string out = majlis({"trace", "<a\x1B@example.org>"}).out;
  EXPECT_THAT(out, HasSubstr("<a\\x1b@example.org>  why=\\x1b[2J\n"));
}

}  // namespace
}  // namespace majlis::bin::admin
