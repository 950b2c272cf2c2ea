#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class AuthToken : public MailDesk {
 protected:
  AuthToken() { make_list("cooks", "subscribe_policy = open+confirm\n"); }
  // The line of the challenge that left.
  std::string challenge() const {
    for (const std::string& job : jobs()) {
      const std::size_t at = job.find("\nauth ");
      if (at != std::string::npos) return job.substr(at + 1, job.find('\n', at + 1) - at - 1);
    }
    return "";
  }
  std::string token() const { return challenge().substr(5, challenge().find(' ', 5) - 5); }
};

TEST_F(AuthToken, ThatCameBackFromTheAddressSubscribesItOnce) {
  ask("subscribe cooks");
  const std::string line = challenge();
  ASSERT_NE(line, "");
  EXPECT_THAT(ask(line), HasSubstr("Succeeded."));
  EXPECT_TRUE(member(kAnn));
  ask("unsubscribe cooks");
  EXPECT_THAT(ask(line), HasSubstr("**** auth: this confirmation is not valid (any more). It may be")) << "used";
}

TEST_F(AuthToken, AWrongOneAndOneForAnotherAddressAreAnsweredAlike) {
  ask("subscribe cooks");
  std::string line = challenge();
  ASSERT_NE(line, "");
  const auto words_of = [](const std::string& answer) { return answer.substr(answer.find("****")); };
  std::string for_bob = line;
  for_bob.replace(for_bob.find(kAnn), std::string_view(kAnn).size(), "bob@example.org");
  const std::string foreign = words_of(ask(for_bob, "bob@example.org"));
  line[6] = line[6] == 'a' ? 'b' : 'a';
  EXPECT_EQ(words_of(ask(line, "bob@example.org")), foreign);
  EXPECT_FALSE(member("bob@example.org"));
}

TEST_F(AuthToken, IsNotShown) {
  ask("subscribe cooks");
  const std::string line = challenge();
  EXPECT_THAT(ask(line), Not(HasSubstr(line.substr(5, 16))));
}

TEST_F(AuthToken, IsEnoughAtTheListsOwnAddress) {
  ask("subscribe cooks");
  EXPECT_THAT(ask("auth " + token(), kAnn, "cooks-request@lists.example.org"), HasSubstr("Succeeded"));
  EXPECT_TRUE(member(kAnn));
}

// Names survive a confirmation: whoever confirms is named by that mail.
TEST_F(AuthToken, BringsTheNameOfTheFromFieldWhereTheListKeepsNames) {
  make_list("rice", "subscribe_policy = open+confirm\nstrip = no\n");
  const std::string named = "=?utf-8?q?Ann_=C3=96z?= <ann@example.org>";
  for (const std::string name : {"rice", "cooks"}) {
    ask("subscribe " + name, named);
    ASSERT_NE(challenge(), "");
    ask(challenge(), named);
  }
  const auto display_on = [&](const std::string& list) {
    const auto found = reader()->find_member(list, *mail::Address::parse(kAnn)).value();
    return found ? found->display : "no member";
  };
  EXPECT_EQ(display_on("rice@lists.example.org"), "Ann Öz");
  EXPECT_EQ(display_on(lists::kCooks), "") << "strip";
}

TEST_F(AuthToken, IsEnoughForAnOptionToo) {
  add_member(kAnn);
  ask("set cooks nomail");
  ask("auth " + token(), kAnn, "cooks-request@lists.example.org");
  EXPECT_EQ(member(kAnn)->flags, store::kMemberNoMail);
}

TEST_F(AuthToken, OfAnythingElseOnlyThatItIsNotValidIsSaid) {
  for (const char* command : {"help", "who nowhere", "passwd nowhere"}) {
    EXPECT_THAT(ask(std::string("auth abcdefghabcdefgh ") + command),
                HasSubstr("**** auth: this confirmation is not valid (any more). It may be"))
        << command;
  }
}

TEST_F(AuthToken, WhoProvedTheAddressIsAnsweredHoweverOftenItAsked) {
  ask("subscribe cooks");
  const std::string line = challenge();
  for (std::int64_t i = 0; i < site_->config().replies_per_day; ++i) ask("help");
  EXPECT_EQ(ask("help"), "");
  EXPECT_THAT(ask(line), HasSubstr("Succeeded."));
}

}  // namespace
}  // namespace majlis::commands
