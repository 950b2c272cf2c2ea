#include <sys/stat.h>

#include <algorithm>

#include "bin/admin/check/check.h"
#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

class CheckRights : public AdminSite {
 protected:
  Findings look() const {
    Findings findings;
    check_rights(site_->directory(), findings);
    return findings;
  }
  // What is wanting by `name`, as it would be mended.
  std::vector<std::string> mends(const std::string& name) const {
    std::vector<std::string> found;
    for (const Finding& finding : look()) {
      if (finding.name == name && !finding.is_ok) found.push_back(finding.mend);
    }
    return found;
  }
  std::string path(const std::string& part) const { return site_->directory() + part; }
};

TEST_F(CheckRights, ANewSiteIsClosedToOthers) {
  EXPECT_TRUE(mends("rights").empty());
  EXPECT_EQ(look().back().what, "nobody else can look into it");
}

TEST_F(CheckRights, EveryPartWithSecretsThatOthersMayOpenIsFound) {
  for (const char* part : {"/secret", "/db", "/lists", "/spool"}) {
    struct stat before {};
    ASSERT_EQ(stat(path(part).c_str(), &before), 0);
    for (const mode_t open : {mode_t{S_IRGRP}, mode_t{S_IXOTH}, mode_t{S_IWOTH}}) {
      ASSERT_EQ(chmod(path(part).c_str(), (before.st_mode & 07777) | open), 0);
      EXPECT_THAT(mends("rights"), testing::ElementsAre("chmod go-rwx " + path(part)));
    }
    ASSERT_EQ(chmod(path(part).c_str(), before.st_mode & 07777), 0);
  }
}

TEST_F(CheckRights, ASiteThatOthersMayWriteIsFound) {
  for (const mode_t mode : {mode_t{0720}, mode_t{0702}}) {
    ASSERT_EQ(chmod(path("").c_str(), mode), 0);
    EXPECT_THAT(mends("rights"), testing::ElementsAre("chmod go-w " + path("")));
    EXPECT_FALSE(look().back().is_ok);
  }
}

TEST_F(CheckRights, APartThatIsNotThereIsFound) {
  std::filesystem::remove(path("/secret"));
  EXPECT_THAT(mends("owner"), testing::Contains("run this as root or as the owner"));
}

TEST_F(CheckRights, ASiteThatIsNotThereIsTheOnlyFinding) {
  Findings findings;
  check_rights(root_ + "/none", findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_FALSE(findings.front().is_ok);
}

}  // namespace
}  // namespace majlis::bin::admin
