#include "foreign/mailman/list_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::foreign {
namespace {

using testing::HasSubstr;

// A state of protocol 0 with these items of its dict besides.
std::string state(const std::string& items) { return "(dS'real_name'\nS'Cooks'\ns" + items + "."; }

ForeignList read(const std::string& items) {
  auto list = read_list_state(state(items), "config.pck");
  EXPECT_TRUE(list.ok());
  return list ? std::move(*list) : ForeignList();
}

std::string string_of(std::string_view text) { return "S'" + std::string(text) + "'\n"; }

std::string address(int number) { return "member" + std::to_string(number) + "@example.org"; }

// Asked member by member, a dict was walked through each time: that took the square of their number.
TEST(MailmanState, FindsWhatBelongsToEachOfManyMembers) {
  constexpr int kMembers = 100'000;
  std::string members = "S'members'\n(d";
  std::string options = "sS'user_options'\n(d";
  for (int i = 0; i < kMembers; ++i) {
    members += string_of(address(i)) + "I0\ns";
    options += string_of(address(i)) + "I16\ns";
  }
  const ForeignList list = read(members + options + "s");
  ASSERT_EQ(list.members.size(), std::size_t{kMembers});
  EXPECT_EQ(list.members.front().options, "conceal");
  EXPECT_EQ(list.members.back().options, "conceal");
}

TEST(MailmanState, TakesTheLastThatStandsUnderAnAddress) {
  const ForeignList list = read(
      "S'members'\n(dS'a@example.org'\nI0\nss"
      "S'user_options'\n(dS'a@example.org'\nI16\n"
      "sS'a@example.org'\nI4\nss");
  ASSERT_EQ(list.members.size(), 1U);
  EXPECT_EQ(list.members.front().options, "ack");
}

TEST(MailmanState, LeavesAnIntervalThatNoNumberHolds) {
  EXPECT_THAT(read("S'bounce_info_stale_after'\nF604800.5\ns").config.text, HasSubstr("stale_after = 7\n"));
  EXPECT_THAT(read("S'bounce_info_stale_after'\nF1e300\ns").config.text, HasSubstr("stale_after = 1e+300\n"));
}

TEST(MailmanState, TellsOfEachBanWhatItBecomes) {
  const ForeignList list = read("S'ban_list'\n(lS'x@bad.example'\naS'^.*@spam.example'\naS'^[a-z]+@x$'\naS'words'\nas");
  ASSERT_EQ(list.bans.size(), 4U);
  EXPECT_EQ(list.bans[0].pattern, "x@bad.example");
  EXPECT_EQ(list.bans[0].why, "");
  EXPECT_EQ(list.bans[1].pattern, "*@spam.example*");
  EXPECT_THAT(list.bans[1].why, HasSubstr("a dot here"));
  for (const int none : {2, 3}) {
    EXPECT_EQ(list.bans[static_cast<std::size_t>(none)].pattern, "");
    EXPECT_NE(list.bans[static_cast<std::size_t>(none)].why, "");
  }
}

}  // namespace
}  // namespace majlis::foreign
