#include "lists/site/list_passwords.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "auth/password.h"
#include "auth/secret_file.h"
#include "base/file.h"

namespace majlis::lists {
namespace {

class Passwords : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(auth::start_crypto().ok());
    char name[] = "/tmp/majlis-passwords-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    directory_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& text) { ASSERT_TRUE(replace_file(directory_ + "/passwords", text, 0600).ok()); }
  std::string directory_;
};

TEST_F(Passwords, AreNotSetWhenThereIsNoFile) {
  const Result<ListPasswords> passwords = ListPasswords::load(directory_);
  ASSERT_TRUE(passwords.ok());
  EXPECT_EQ(passwords->admin, "");
  EXPECT_EQ(passwords->approve, "");
}

TEST_F(Passwords, ThatAnybodyWouldTryFirstAreKnown) {
  for (const std::string_view password :
       {"cooks", "Cooks", "cooks.admin", "cooks.pass", "former-name.ADMIN", "admin.password", "approve.Password"}) {
    EXPECT_TRUE(is_predictable_password("cooks", password)) << password;
  }
  for (const std::string_view password : {"soup-of-the-day", "cooks.password1", "admin.passwords", "c@oks.admin"}) {
    EXPECT_FALSE(is_predictable_password("cooks", password)) << password;
  }
}

TEST_F(Passwords, AreReadBackAsSaved) {
  ListPasswords passwords;
  passwords.admin = auth::hash_password("correct horse").value();
  ASSERT_TRUE(replace_file(directory_ + "/passwords", passwords.write(), 0600).ok());
  const Result<ListPasswords> again = ListPasswords::load(directory_);
  ASSERT_TRUE(again.ok()) << again.error().what;
  EXPECT_EQ(again->admin, passwords.admin);
  EXPECT_EQ(again->approve, "");
  struct stat status {};
  ASSERT_EQ(stat((directory_ + "/passwords").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
}

TEST_F(Passwords, FileThatHoldsAnythingElseIsDamaged) {
  const std::string hash = auth::hash_password("correct horse").value();
  for (const std::string& text : {std::string("admin = correct-horse\n"), "admin " + hash, "owner = " + hash,
                                  "admin = " + hash + "\nadmin = " + hash + "\n", "admin = " + hash.substr(1)}) {
    write(text);
    const Result<ListPasswords> passwords = ListPasswords::load(directory_);
    ASSERT_FALSE(passwords.ok()) << text;
    EXPECT_EQ(passwords.error().kind, ErrorKind::damaged);
    EXPECT_EQ(passwords.error().what.find("correct-horse"), std::string::npos);
  }
  write("# note\n\n  approve=" + hash + "\nadmin =\n");
  EXPECT_EQ(ListPasswords::load(directory_)->approve, hash);
}

}  // namespace
}  // namespace majlis::lists
