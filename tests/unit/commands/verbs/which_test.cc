#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Which : public MailDesk {};

constexpr const char* kBobsRow = "\ncooks                   bob@example.org\n\n";

TEST_F(Which, TellsAPersonHisOwnLists) {
  make_list("cooks", "which_access = closed\n");
  add_member(kAnn);
  EXPECT_THAT(ask("which"), HasSubstr("The string 'ann@example.org' appears in the following\n"
                                      "entries in lists served by majordomo@lists.example.org:\n\n"
                                      "List                    Address\n"
                                      "====                    =======\n"
                                      "cooks                   ann@example.org\n\n"));
  EXPECT_THAT(ask("which", "bob@example.org"), HasSubstr("**** No matches found\n"));
}

TEST_F(Which, TellsOthersOnlyWhereTheListAllowsIt) {
  make_list("cooks", "which_access = open\n");
  add_member("bob@example.org");
  EXPECT_THAT(ask("which bob@example.org"), HasSubstr(kBobsRow));
  make_list("cooks", "which_access = list\n");
  EXPECT_THAT(ask("which bob@example.org"), HasSubstr("**** No matches found\n"));
}

TEST_F(Which, AConcealedMemberIsOnNoListForOthers) {
  make_list("cooks", "which_access = open\n");
  add_member("bob@example.org", store::kMemberConcealed);
  EXPECT_THAT(ask("which bob@example.org"), HasSubstr("**** No matches found\n"));
  EXPECT_THAT(ask("which", "bob@example.org"), HasSubstr(kBobsRow));
}

TEST_F(Which, LooksForWholeAddressesOnly) {
  make_list("cooks", "which_access = open\n");
  add_member("bob@example.org");
  for (const char* part : {"bob", "@", "example.org"}) {
    EXPECT_THAT(ask(std::string("which ") + part), HasSubstr("only whole addresses are looked for")) << part;
  }
}

}  // namespace
}  // namespace majlis::commands
