#include "commands/desk/written_passwords.h"

#include <filesystem>

#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCooksServer = "cooks-request@lists.example.org";

class WrittenPasswords : public MailDesk {
 protected:
  void make_marked_list(const std::string& name) const {
    make_list(name, "");
    const std::string hash = auth::hash_password(kPassword, site_->keys().front()).value();
    ASSERT_TRUE(
        replace_file(list(name).directory() + "/passwords", lists::ListPasswords({hash, ""}).write(), 0600).ok());
  }
};

// Whatever the mistake was: the answer goes to whoever the letter said it came from.
TEST_F(WrittenPasswords, AreNotShownWhereverTheyStand) {
  make_marked_list("cooks");
  const std::string password = kPassword;
  for (const std::string& line : {password, "approve," + password + " who", "<" + password + ">", "who " + password,
                                  "get " + password + ".txt"}) {
    for (const char* server : {kCooksServer, "majordomo@lists.example.org"}) {
      const std::string answer = ask(line, kAnn, server);
      EXPECT_THAT(answer, HasSubstr("***")) << line;
      EXPECT_THAT(answer, Not(HasSubstr(password))) << line;
    }
  }
}

TEST_F(WrittenPasswords, OfAListThatTheLineNamesAreNotShown) {
  make_marked_list("bakers");
  make_list("cooks", "");
  EXPECT_THAT(ask(std::string("get bakers ") + kPassword + ".txt", kAnn, kCooksServer), Not(HasSubstr(kPassword)));
  EXPECT_THAT(ask(std::string("get cooks ") + kPassword + ".txt", kAnn, kCooksServer), HasSubstr(kPassword));
}

TEST_F(WrittenPasswords, OtherWordsAreShown) {
  make_marked_list("cooks");
  EXPECT_THAT(ask("saffron-and-rice", kAnn, kCooksServer), HasSubstr(">>>> saffron-and-rice\n"));
}

// Words times lists would take minutes.
TEST_F(WrittenPasswords, WhatIsBeyondTheCeilingIsTakenForOne) {
  make_marked_list("cooks");
  std::vector<tongues::Request> requests(kMaxWordsCompared / 2 + 1);  // each asks about the stretch and about its piece
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i].word = "word" + std::to_string(100'000 + i);
  const ListLookup lookup(*site_, kCooksServer, list("cooks").name());
  const std::vector<std::string> found = written_passwords(*site_, lookup, requests);
  EXPECT_EQ(found, std::vector<std::string>{requests.back().word});
}

TEST_F(WrittenPasswords, EveryPlaceIsMasked) {
  EXPECT_EQ(without_words("a secret-1 secret-1b, secret-2.", {"secret-1", "secret-2"}), "a *** ***b, ***.");
  EXPECT_EQ(without_words("a", {}), "a");
}

}  // namespace
}  // namespace majlis::commands
