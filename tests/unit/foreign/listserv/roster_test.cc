#include "foreign/listserv/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::foreign {
namespace {

TEST(ListservRoster, KnowsAnAnswerByItsFirstLine) {
  EXPECT_TRUE(is_roster_answer("\n***HDR*** ann@example.org\n"));
  EXPECT_TRUE(is_roster_answer("Subscription options for Ann, list CLUB:\n"));
  EXPECT_FALSE(is_roster_answer("* Club\n***HDR*** ann@example.org\n"));
  EXPECT_FALSE(is_roster_answer(""));
}

TEST(ListservRoster, ReadsTheAnswerForPrograms) {
  const Roster roster = read_roster_answer(
      "***HDR*** ann@example.org\n***NAME*** Ann \"A\" Lee\n***LIST*** CLUB\n***OPT*** digests\n***OPT*** REVIEW\n"
      "***TOPICS*** +Menus, -News\n***OPT*** STRANGE\n***HDR*** ben@example.net\n***OPT*** MAIL\n",
      "club.gui");
  ASSERT_EQ(roster.members.size(), 2U);
  EXPECT_EQ(roster.list, "club");
  EXPECT_EQ(roster.members[0].person, "\"Ann \\\"A\\\" Lee\" <ann@example.org>");
  EXPECT_EQ(roster.members[0].options, "moderated digest-plain");
  EXPECT_EQ(roster.members[0].topics, "Menus");
  EXPECT_EQ(roster.members[0].from, "club.gui:1");
  EXPECT_EQ(roster.members[1].options, "");
  ASSERT_EQ(roster.findings.size(), 1U);
  EXPECT_EQ(roster.findings[0].what, "option STRANGE");
}

TEST(ListservRoster, ReadsTheAnswerForPeople) {
  const Roster roster = read_roster_answer(
      "Subscription options for Ann <ann@example.org>, list CLUB:\n\nNOMAIL   no mail\nDIGEST  a digest\nMIME  in "
      "parts\n"
      "\nSubscription date: 22 Jan 1997\n",
      "club.txt");
  ASSERT_EQ(roster.members.size(), 1U);
  EXPECT_EQ(roster.members[0].person, "Ann <ann@example.org>");
  EXPECT_EQ(roster.members[0].options, "nomail digest-mime");
}

TEST(ListservRoster, LeavesColumnsOfLISTSERVsOwn) {
  std::string line = "ann@example.org Ann Lee";
  line.resize(80, ' ');
  const Roster roster = read_list_file_members(line + "XX0000\n", "club.list", 4);
  ASSERT_EQ(roster.members.size(), 1U);
  EXPECT_EQ(roster.members[0].person, "\"Ann Lee\" <ann@example.org>");
  EXPECT_EQ(roster.members[0].from, "club.list:5");
  EXPECT_EQ(roster.findings.size(), 1U);
}

}  // namespace
}  // namespace majlis::foreign
