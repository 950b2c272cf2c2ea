#include "commands/desk/written_passwords.h"

#include <algorithm>
#include <filesystem>

#include "auth/token.h"
#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCooksServer = "cooks-request@lists.example.org";

class PasswordsAstray : public MailDesk {
 protected:
  void make_marked_list(const std::string& name) const {
    make_list(name, "");
    const std::string hash = auth::hash_password(kPassword, site_->keys().front()).value();
    ASSERT_TRUE(
        replace_file(list(name).directory() + "/passwords", lists::ListPasswords({hash, ""}).write(), 0600).ok());
  }
};

// Whatever the mistake was: the answer goes to whoever the letter said it came from.
TEST_F(PasswordsAstray, AreNotShownWhereverTheyStand) {
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

TEST_F(PasswordsAstray, OfAListThatTheLineNamesAreNotShown) {
  make_marked_list("bakers");
  make_list("cooks", "");
  EXPECT_THAT(ask(std::string("get bakers ") + kPassword + ".txt", kAnn, kCooksServer), Not(HasSubstr(kPassword)));
  EXPECT_THAT(ask(std::string("get cooks ") + kPassword + ".txt", kAnn, kCooksServer), HasSubstr(kPassword));
}

// The answer tells that a word was the password, so the owner hears it as well.
TEST_F(PasswordsAstray, AreToldToTheOwnerOnceADayAndCountAsFailures) {
  make_marked_list("cooks");
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/config", "owner = olga@example.org\n", 0600).ok());
  for (int i = 0; i < 2; ++i) {
    ask(std::string("get guess-1.txt ") + kPassword + ".txt", "eve@example.org", kCooksServer);
    const std::vector<std::string> all = jobs();
    const auto warnings = std::count_if(all.begin(), all.end(), [](const std::string& job) {
      return job.find("stood in a mail of commands") != std::string::npos;
    });
    EXPECT_EQ(warnings, i == 0 ? 1 : 0);
    for (const std::string& job : all) EXPECT_EQ(job.find(kPassword), std::string::npos);
  }
  const auto state = reader();
  EXPECT_EQ(state->counted("wrong-password:cooks@lists.example.org", kNow, 3600).value(), 2U);
}

TEST_F(PasswordsAstray, BesideARightOneTellNobodyAnything) {
  make_marked_list("cooks");
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/config", "owner = olga@example.org\n", 0600).ok());
  ask(std::string("approve ") + kPassword + " who\n" + kPassword, "olga@example.org", kCooksServer);
  EXPECT_EQ(jobs().size(), 1U);
}

// Who has a token can do what it permits; the answer may be read by others.
TEST_F(PasswordsAstray, TokensAreNotShownEither) {
  make_list("cooks", "");
  const auth::TokenGrant grant = {"cooks@lists.example.org", "subscribe", kAnn, ""};
  const std::string token = auth::make_token(site_->keys().front(), grant, kNow + 3600);
  for (const std::string& line : {"which " + token + "@example.org", "get cooks " + token + ".txt",
                                  "subscribe cooks " + token + "@example.org", "get cooks cooks-confirm+" + token}) {
    EXPECT_THAT(ask(line, kAnn, kCooksServer), Not(HasSubstr(token))) << line;
  }
  const std::string old = auth::make_token(site_->keys().front(), grant, kNow - 7200);
  EXPECT_THAT(ask("which " + old + "@example.org", kAnn, kCooksServer), HasSubstr(old));
}

TEST_F(PasswordsAstray, OtherWordsAreShown) {
  make_marked_list("cooks");
  EXPECT_THAT(ask("saffron-and-rice", kAnn, kCooksServer), HasSubstr(">>>> saffron-and-rice\n"));
}

// Words times lists would take minutes.
TEST_F(PasswordsAstray, WhatIsBeyondTheCeilingIsTakenForOne) {
  make_marked_list("cooks");
  std::vector<tongues::Request> requests(kMaxWordsCompared / 2 + 1);  // each asks about the stretch and about its piece
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i].word = "word" + std::to_string(100'000 + i);
  const ListLookup lookup(*site_, kCooksServer, list("cooks").name());
  const std::vector<std::string> found = written_passwords(*site_, lookup, requests, "", kNow).words;
  EXPECT_EQ(found, std::vector<std::string>{requests.back().word});
}

TEST_F(PasswordsAstray, EveryPlaceIsMasked) {
  EXPECT_EQ(without_words("a secret-1 secret-1b, secret-2.", {"secret-1", "secret-2"}), "a *** ***b, ***.");
  EXPECT_EQ(without_words("a", {}), "a");
}

}  // namespace
}  // namespace majlis::commands
