#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Help : public MailDesk {};

TEST_F(Help, NamesTheAddressThatTookTheMessageAndThePersonInCharge) {
  make_list("cooks", "");
  const std::string of_site = ask("help");
  EXPECT_THAT(of_site, HasSubstr("majordomo@lists.example.org"));
  EXPECT_THAT(of_site, HasSubstr("owner-majordomo@lists.example.org"));
  const std::string of_list = ask("help", kAnn, "cooks-request@lists.example.org");
  EXPECT_THAT(of_list, HasSubstr("cooks-request@lists.example.org"));
  EXPECT_THAT(of_list, HasSubstr("cooks-owner@lists.example.org"));
}

TEST_F(Help, OfAFrenchListIsFrench) {
  make_list("cooks", "language = fr\n");
  make_list("bakers", "language = en\n");
  EXPECT_NE(ask("help", kAnn, "cooks-request@lists.example.org"),
            ask("help", kAnn, "bakers-request@lists.example.org"));
  EXPECT_THAT(ask("help", kAnn, "cooks-request@lists.example.org"), HasSubstr("liste"));
}

}  // namespace
}  // namespace majlis::commands
