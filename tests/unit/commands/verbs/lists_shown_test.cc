#include "lists/site/catalogue.h"

#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class ListsShown : public MailDesk {
 protected:
  std::string lists_for(const std::string& from) {
    EXPECT_TRUE(lists::refresh_catalogue(*site_, *lists::ListName::parse("cooks", lists::kDomain)).ok());
    return ask("lists", from);
  }
};

TEST_F(ListsShown, TellsNameAndDescription) {
  make_list("cooks", "description = All about soup\n");
  EXPECT_THAT(lists_for(kAnn), HasSubstr("  cooks                All about soup\n"));
}

TEST_F(ListsShown, AListIsHiddenFromThoseThatAPatternNamesAndShownToItsMembers) {
  make_list("cooks", "noadvertise << END\n/example.org/\nEND\n");
  EXPECT_THAT(lists_for(kAnn), Not(HasSubstr("  cooks")));
  EXPECT_THAT(lists_for("zoe@example.net"), HasSubstr("  cooks"));
  add_member(kAnn);
  EXPECT_THAT(lists_for(kAnn), HasSubstr("  cooks"));
}

}  // namespace
}  // namespace majlis::commands
