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
  EXPECT_THAT(lists_for(kAnn), HasSubstr("  cooks                   All about soup\n"));
}

TEST_F(ListsShown, AListIsHiddenFromThoseThatAPatternNamesAndShownToItsMembers) {
  make_list("cooks", "noadvertise << END\n/example.org/\nEND\n");
  EXPECT_THAT(lists_for(kAnn), Not(HasSubstr("  cooks")));
  EXPECT_THAT(lists_for("zoe@example.net"), HasSubstr("  cooks"));
  add_member(kAnn);
  EXPECT_THAT(lists_for(kAnn), HasSubstr("  cooks"));
}

TEST_F(ListsShown, AListOfAnotherDomainIsNamedWithIt) {
  const auto far = *lists::ListName::parse("bakers", "lists.example.net");
  ASSERT_TRUE(make_directories(site_->list_directory(far), 0700).ok());
  ASSERT_TRUE(replace_file(site_->list_directory(far) + "/config", "", 0600).ok());
  ASSERT_TRUE(lists::refresh_catalogue(*site_, far).ok());
  make_list("cooks", "");
  const std::string answer = lists_for(kAnn);
  EXPECT_THAT(answer, HasSubstr("\n  bakers@lists.example.net "));
  EXPECT_THAT(answer, HasSubstr("\n  cooks "));
}

TEST_F(ListsShown, ALongDescriptionIsCut) {
  make_list("cooks", "description = " + std::string(56, 'x') + "yz\n");
  const std::string answer = lists_for(kAnn);
  EXPECT_THAT(answer, HasSubstr(std::string(56, 'x') + "\n"));
}

}  // namespace
}  // namespace majlis::commands
