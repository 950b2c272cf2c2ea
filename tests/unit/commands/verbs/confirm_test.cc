#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;

class Confirm : public MailDesk {};

TEST_F(Confirm, WithoutProofAsksForItAndWithThePasswordRenews) {
  make_owned_list("cooks", "renewal = yearly\n");
  add_member(kAnn);
  EXPECT_THAT(ask("confirm cooks"), HasSubstr("**** The request must be confirmed by the address concerned."));
  EXPECT_EQ(member(kAnn)->renewed, 0);
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " confirm cooks " + kAnn),
              HasSubstr("Succeeded (renewed in list cooks).\n"));
  EXPECT_EQ(member(kAnn)->renewed, kNow);
}

TEST_F(Confirm, WhereNothingIsRenewedSaysSo) {
  make_list("cooks", "");
  add_member(kAnn);
  EXPECT_THAT(ask("confirm cooks"), HasSubstr("**** Subscriptions to cooks last until they are ended"));
}

}  // namespace
}  // namespace majlis::commands
