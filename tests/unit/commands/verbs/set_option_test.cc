#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class SetOption : public MailDesk {
 protected:
  SetOption() {
    make_owned_list("cooks", "");
    add_member("bob@example.org");
  }
  // The lines of the challenges that left.
  std::vector<std::string> challenges() const {
    std::vector<std::string> lines;
    for (const std::string& job : jobs()) {
      const std::size_t at = job.find("\nauth ");
      if (at != std::string::npos) lines.push_back(job.substr(at + 1, job.find('\n', at + 1) - at - 1));
    }
    return lines;
  }
};

TEST_F(SetOption, ForAnotherNeedsThePassword) {
  EXPECT_THAT(ask("set cooks nomail bob@example.org"), Not(HasSubstr("Succeeded (nomail")));
  EXPECT_EQ(member("bob@example.org")->flags, 0U);
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " set cooks nomail bob@example.org"),
              HasSubstr("Succeeded (nomail in list cooks).\n"));
  EXPECT_EQ(member("bob@example.org")->flags, store::kMemberNoMail | store::kMemberStopped);
}

TEST_F(SetOption, WithoutOneOrByAnotherNameTellsWhichThereAre) {
  EXPECT_THAT(ask("set cooks", "bob@example.org"), HasSubstr("**** set: which option? There are"));
  EXPECT_EQ(member("bob@example.org")->flags, 0U);
}

TEST_F(SetOption, SeveralAreAskedAboutInOneLetterAndSetByOneAnswer) {
  ask("set cooks conceal nomail", "bob@example.org");
  EXPECT_EQ(member("bob@example.org")->flags, 0U);
  ASSERT_EQ(challenges().size(), 1U);
  const std::string line = challenges().front();
  EXPECT_THAT(line, HasSubstr(" set cooks nomail conceal bob@example.org"));
  EXPECT_THAT(ask(line, "bob@example.org"),
              HasSubstr("Succeeded (nomail in list cooks).\nSucceeded (conceal in list cooks).\n"));
  EXPECT_EQ(member("bob@example.org")->flags, store::kMemberNoMail | store::kMemberConcealed);
}

TEST_F(SetOption, TheTokenAloneSetsSeveralToo) {
  ask("set cooks conceal nomail digest mime", "bob@example.org");
  ASSERT_EQ(challenges().size(), 1U);
  const std::string token = challenges().front().substr(5, challenges().front().find(' ', 5) - 5);
  ask("auth " + token, "bob@example.org", "cooks-request@lists.example.org");
  EXPECT_EQ(member("bob@example.org")->flags,
            store::kMemberNoMail | store::kMemberConcealed | store::kMemberDigestMime);
}

TEST_F(SetOption, TooManyAndThoseThatUndoAnotherAreRefusedWhole) {
  const std::string approve = std::string("approve ") + kPassword + " set cooks ";
  for (const std::string options :
       {"nomail mail", "conceal noconceal", "digest-plain nodigest", "nomail conceal digest-plain norenew"}) {
    EXPECT_THAT(ask(approve + options + " bob@example.org"), HasSubstr("none that undoes another.\n")) << options;
    EXPECT_EQ(member("bob@example.org")->flags, 0U) << options;
  }
}

TEST_F(SetOption, OneOfTheOwnersAmongSeveralIsRefusedToMembers) {
  EXPECT_THAT(ask("set cooks nomail norenew", "bob@example.org"),
              HasSubstr("**** set: only the owner of the list may set 'norenew'.\n"));
  EXPECT_EQ(challenges().size(), 0U);
}

TEST_F(SetOption, OfTheOwnersIsRefusedToMembers) {
  EXPECT_THAT(ask("set cooks norenew", "bob@example.org"),
              HasSubstr("**** set: only the owner of the list may set 'norenew'.\n"));
}

}  // namespace
}  // namespace majlis::commands
