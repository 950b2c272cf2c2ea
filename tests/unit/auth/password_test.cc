#include "auth/password.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "auth/base32.h"
#include "auth/secret_file.h"

#if defined(__SANITIZE_ADDRESS__)
#define MAJLIS_UNDER_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MAJLIS_UNDER_ADDRESS_SANITIZER 1
#endif
#endif

namespace majlis::auth {
namespace {

class Password : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(start_crypto().ok()); }
};

TEST_F(Password, IsRightForItsOwnHashOnly) {
  const Result<std::string> hash = hash_password("correct horse battery");
  ASSERT_TRUE(hash.ok());
  EXPECT_TRUE(is_password_hash(*hash));
  EXPECT_TRUE(verify_password("correct horse battery", *hash).value());
  EXPECT_FALSE(verify_password("correct horse batterY", *hash).value());
  EXPECT_FALSE(verify_password("correct horse batter", *hash).value());
  EXPECT_FALSE(verify_password("", *hash).value());
}

TEST_F(Password, HashesDifferEachTime) {
  EXPECT_NE(hash_password("correct horse").value(), hash_password("correct horse").value());
}

TEST_F(Password, NothingIsRightWhenNoneIsSet) {
  EXPECT_FALSE(verify_password("", "").value());
  EXPECT_FALSE(verify_password("anything else", "").value());
}

TEST_F(Password, OutsideTheLengthLimitsIsRefused) {
  EXPECT_EQ(hash_password("1234567").error().kind, ErrorKind::refused);
  EXPECT_EQ(hash_password(std::string(257, 'x')).error().kind, ErrorKind::refused);
  EXPECT_TRUE(hash_password("12345678").ok());
}

TEST_F(Password, TooLongIsWrongWithoutHashing) {
  const std::string hash = hash_password(std::string(256, 'x')).value();
  EXPECT_TRUE(verify_password(std::string(256, 'x'), hash).value());
  EXPECT_FALSE(verify_password(std::string(100'000, 'x'), hash).value());
}

TEST_F(Password, StoredValueThatIsNoHashIsDamaged) {
  const std::string hash = hash_password("correct horse").value();
  for (const std::string& text :
       {std::string("correct horse"), hash.substr(0, hash.size() - 1), hash + "A", "x" + hash,
        std::string("$argon2id$"), std::string("$argon2id$v=19$m=4294967295,t=2,p=1$") + hash.substr(31),
        std::string(5000, '$')}) {
    EXPECT_FALSE(is_password_hash(text));
    const Result<bool> answer = verify_password("correct horse", text);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().kind, ErrorKind::damaged);
    EXPECT_EQ(answer.error().what.find("correct horse"), std::string::npos);
  }
}

TEST_F(Password, ExhaustedMemoryIsNotAWrongPassword) {
#ifdef MAJLIS_UNDER_ADDRESS_SANITIZER
  GTEST_SKIP() << "the address sanitizer's own map does not fit under RLIMIT_AS";
#endif
  const std::string hash = hash_password("correct horse").value();
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const rlimit small{40 * 1024 * 1024, 40 * 1024 * 1024};
    if (setrlimit(RLIMIT_AS, &small) != 0) _exit(2);
    const Result<bool> answer = verify_password("correct horse", hash);
    _exit(!answer.ok() && answer.error().kind == ErrorKind::again ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(Password, GeneratedHasTwentySymbolsAndIsNew) {
  std::set<std::string> passwords;
  for (int i = 0; i < 200; ++i) {
    const std::string password = generate_password();
    EXPECT_EQ(password.size(), 20U);
    EXPECT_EQ(password.find_first_not_of(kBase32Symbols), std::string::npos);
    passwords.insert(password);
  }
  EXPECT_EQ(passwords.size(), 200U);
}

}  // namespace
}  // namespace majlis::auth
