#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Passwd : public MailDesk {
 protected:
  Passwd() { make_owned_list("cooks", ""); }
  std::string change(const std::string& to) { return ask(std::string("passwd cooks ") + kPassword + " " + to); }
};

TEST_F(Passwd, TheNewOneIsTheOnlyOneFromThereOn) {
  EXPECT_THAT(change("cumin-and-salt"), HasSubstr("Password changed.\n"));
  EXPECT_THAT(change("other-word-here"), HasSubstr("**** Sorry; old password incorrect.\n"));
  EXPECT_THAT(ask("config cooks cumin-and-salt"), HasSubstr("# admin_passwd is set; it is never shown.\n"));
}

TEST_F(Passwd, NeitherIsShown) {
  const std::string answer = change("cumin-and-salt");
  EXPECT_THAT(answer, HasSubstr(">>>> passwd cooks *** ***\n"));
  EXPECT_THAT(answer, Not(HasSubstr("cumin")));
  EXPECT_THAT(answer, Not(HasSubstr("saffron")));
}

TEST_F(Passwd, OneThatAnybodyWouldTryFirstIsRefused) {
  EXPECT_THAT(change("cooks.admin"), HasSubstr("anybody would try this password first."));
  EXPECT_THAT(change(""), HasSubstr("needs the old and the new password"));
}

}  // namespace
}  // namespace majlis::commands
