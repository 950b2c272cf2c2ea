#include "auth/secret_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

namespace majlis::auth {
namespace {

class SecretFile : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(start_crypto().ok());
    char name[] = "/tmp/majlis-secret-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    directory_ = name;
    path_ = directory_ + "/secret";
  }
  void TearDown() override {
    const Result<std::vector<std::string>> names = list_directory(directory_);
    for (const std::string& file : names.value()) unlink((directory_ + "/" + file).c_str());
    rmdir(directory_.c_str());
  }
  void expect_misconfigured() {
    const Result<SecretKeys> keys = load_secret_file(path_);
    ASSERT_FALSE(keys.ok());
    EXPECT_EQ(keys.error().kind, ErrorKind::misconfigured) << keys.error().what;
  }
  std::string directory_;
  std::string path_;
};

std::string octets_of(const SecretKey& key) { return {reinterpret_cast<const char*>(key.data()), SecretKey::kOctets}; }

TEST_F(SecretFile, IsMadeOnceForItsOwnerOnly) {
  ASSERT_TRUE(create_secret_file(path_).ok());
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  const Result<SecretKeys> keys = load_secret_file(path_);
  ASSERT_TRUE(keys.ok()) << keys.error().what;
  EXPECT_EQ(keys->size(), 1U);
  EXPECT_FALSE(create_secret_file(path_).ok());
  EXPECT_EQ(octets_of(load_secret_file(path_)->front()), octets_of(keys->front()));
}

TEST_F(SecretFile, KeepsTheFormerKeyWhenRotated) {
  ASSERT_TRUE(create_secret_file(path_).ok());
  const SecretKeys before = load_secret_file(path_).value();
  ASSERT_TRUE(rotate_secret_file(path_).ok());
  const SecretKeys after = load_secret_file(path_).value();
  ASSERT_EQ(after.size(), 2U);
  EXPECT_NE(after[0].id(), after[1].id());
  EXPECT_EQ(octets_of(after[1]), octets_of(before[0]));
  EXPECT_NE(octets_of(after[0]), octets_of(before[0]));
  ASSERT_TRUE(rotate_secret_file(path_).ok());
  EXPECT_EQ(load_secret_file(path_)->size(), 2U);
}

TEST_F(SecretFile, CountsKeyIdsRoundWhenRotated) {
  ASSERT_TRUE(replace_file(path_, "key 255 " + std::string(64, 'a') + "\n", 0600).ok());
  ASSERT_TRUE(rotate_secret_file(path_).ok());
  const SecretKeys keys = load_secret_file(path_).value();
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].id(), 0U);
  EXPECT_EQ(keys[1].id(), 255U);
}

TEST_F(SecretFile, ThatIsMissingIsRefused) { expect_misconfigured(); }

TEST_F(SecretFile, ThatOthersMayReadIsRefused) {
  ASSERT_TRUE(create_secret_file(path_).ok());
  for (const mode_t mode : {0640U, 0604U, 0660U, 0700U, 04600U}) {
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);
    expect_misconfigured();
  }
  ASSERT_EQ(chmod(path_.c_str(), 0400), 0);
  EXPECT_TRUE(load_secret_file(path_).ok());
}

TEST_F(SecretFile, ThatIsALinkOrAPipeIsRefused) {
  ASSERT_TRUE(create_secret_file(directory_ + "/real").ok());
  ASSERT_EQ(symlink((directory_ + "/real").c_str(), path_.c_str()), 0);
  expect_misconfigured();
  ASSERT_EQ(unlink(path_.c_str()), 0);
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  expect_misconfigured();
}

TEST_F(SecretFile, WithoutAUsableKeyIsRefused) {
  const std::string good = "key 1 " + std::string(64, 'a') + "\n";
  const std::string same_id = "key 1 " + std::string(64, 'b') + "\n";
  for (const std::string& text :
       {std::string(), std::string("# nothing\n"), "key 1 " + std::string(64, '0') + "\n", good + same_id,
        "key 1 " + std::string(63, 'a') + "\n", "key 256 " + std::string(64, 'a') + "\n",
        "key 1 " + std::string(64, 'g') + "\n", good + "rubbish\n", std::string(5000, '#')}) {
    ASSERT_TRUE(replace_file(path_, text, 0600).ok());
    expect_misconfigured();
  }
  ASSERT_TRUE(replace_file(path_, good, 0600).ok());
  EXPECT_TRUE(load_secret_file(path_).ok());
}

TEST_F(SecretFile, ErrorsDoNotShowTheKey) {
  const std::string key = std::string(60, 'c') + "zz";
  ASSERT_TRUE(replace_file(path_, "key 1 " + key + "\n", 0600).ok());
  EXPECT_EQ(load_secret_file(path_).error().what.find("cccc"), std::string::npos);
}

TEST(Fingerprint, DependsOnWhereOnePieceEnds) {
  ASSERT_TRUE(start_crypto().ok());
  EXPECT_EQ(fingerprint({"ab", "c"}).size(), 32U);
  EXPECT_EQ(fingerprint({"ab", "c"}), fingerprint({"ab", "c"}));
  EXPECT_NE(fingerprint({"ab", "c"}), fingerprint({"a", "bc"}));
  EXPECT_NE(fingerprint({"abc"}), fingerprint({"abc", ""}));
}

TEST(RandomOctets, AreAsManyAsAskedForAndNew) {
  ASSERT_TRUE(start_crypto().ok());
  EXPECT_EQ(random_octets(0).size(), 0U);
  EXPECT_EQ(random_octets(33).size(), 33U);
  EXPECT_NE(random_octets(16), random_octets(16));
}

}  // namespace
}  // namespace majlis::auth
