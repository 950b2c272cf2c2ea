#include "auth/secret_file.h"

#include <sys/stat.h>

#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

class RotateSecret : public AdminSite {};

TEST_F(RotateSecret, MakesANewSecretOfTheSameRights) {
  const std::string path = site_->directory() + "/secret";
  const std::string before = read_file(path, 10'000).value();
  const Ran ran = majlis({"rotate-secret"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(read_file(path, 10'000).value(), before);
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600U);
  EXPECT_TRUE(auth::load_secret_file(path).ok());
}

TEST_F(RotateSecret, NothingOfTheSecretIsPrinted) {
  const Ran ran = majlis({"rotate-secret"});
  const std::string secret = read_file(site_->directory() + "/secret", 10'000).value();
  EXPECT_EQ(ran.out.find(secret.substr(0, 16)), std::string::npos);
}

}  // namespace
}  // namespace majlis::bin::admin
