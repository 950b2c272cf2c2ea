#include "spool/spool.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/job/staging.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

const std::string kName = staged_name(std::string(16, 's'), 0);

Status stage(const Spool& spool, std::string_view name, std::string_view bytes) {
  Staging staging(spool.directory());
  Status added = staging.add(name, bytes);
  return added ? staging.sync() : added;
}

TEST(StagedName, IsAFingerprintAndANumber) {
  EXPECT_EQ(kName, "73737373737373737373737373737373.0");
  EXPECT_TRUE(is_staged_name(kName));
  EXPECT_TRUE(is_staged_name(kName.substr(0, 33) + "9999"));
  for (const std::string bad : {"", "x", "../../etc/passwd", "73737373737373737373737373737373.",
                                "73737373737373737373737373737373.12345", "73737373737373737373737373737373.01",
                                "7373737373737373737373737373737A.1", "73737373737373737373737373737373/1"}) {
    EXPECT_FALSE(is_staged_name(bad)) << bad;
  }
}

TEST(Spool, StagedFilesAreInvisibleUntilPublished) {
  SpoolSite site;
  ASSERT_TRUE(stage(site.spool(), kName, "first").ok());
  ASSERT_TRUE(stage(site.spool(), kName, "second").ok());
  EXPECT_TRUE(site.names("new").empty());
  const std::string target = site.root() + "/spool/new/" + kName;
  ASSERT_TRUE(site.spool().publish(kName, target).ok());
  EXPECT_EQ(read_file(target, 100).value(), "second");
  EXPECT_TRUE(site.names("tmp").empty());
}

TEST(Staging, TakesMoreFilesThanItKeepsOpen) {
  SpoolSite site;
  Staging staging(site.spool().directory());
  constexpr unsigned kFiles = 150;
  for (unsigned i = 0; i < kFiles; ++i) {
    ASSERT_TRUE(staging.add(staged_name(std::string(16, 'm'), i), std::to_string(i)).ok());
  }
  ASSERT_TRUE(staging.sync().ok());
  ASSERT_EQ(site.names("tmp").size(), kFiles);
  EXPECT_EQ(read_file(site.root() + "/spool/tmp/" + staged_name(std::string(16, 'm'), 149), 100).value(), "149");
}

TEST(Spool, PublishingTwiceIsOk) {
  SpoolSite site;
  const std::string target = site.root() + "/spool/new/" + kName;
  ASSERT_TRUE(stage(site.spool(), kName, "bytes").ok());
  ASSERT_TRUE(site.spool().publish(kName, target).ok());
  EXPECT_TRUE(site.spool().publish(kName, target).ok());
}

TEST(Spool, PublishingIntoAMissingFolderFailsAndKeepsTheFile) {
  SpoolSite site;
  ASSERT_TRUE(stage(site.spool(), kName, "bytes").ok());
  EXPECT_FALSE(site.spool().publish(kName, site.root() + "/nowhere/x").ok());
  EXPECT_EQ(site.names("tmp").size(), 1U);
}

TEST(Spool, RefusesNamesThatAreNoneOfOurs) {
  SpoolSite site;
  EXPECT_EQ(stage(site.spool(), "../evil", "x").error().kind, ErrorKind::refused);
  EXPECT_EQ(site.spool().publish("../evil", "/tmp/x").error().kind, ErrorKind::refused);
}

TEST(Spool, FinishesKnownSweepsOldAndKeepsYoungFiles) {
  SpoolSite site;
  const std::string old_name = staged_name(std::string(16, 'o'), 1);
  const std::string known = staged_name(std::string(16, 'k'), 1);
  const std::string young = staged_name(std::string(16, 'y'), 1);
  for (const std::string& name : {old_name, known, young}) ASSERT_TRUE(stage(site.spool(), name, "x").ok());
  ASSERT_TRUE(replace_file(site.root() + "/spool/tmp/stranger", "x", 0600).ok());
  const timespec long_ago[2] = {{1000, 0}, {1000, 0}};
  ASSERT_EQ(utimensat(AT_FDCWD, (site.root() + "/spool/tmp/" + old_name).c_str(), long_ago, 0), 0);
  struct stat status {};
  ASSERT_EQ(stat((site.root() + "/spool/tmp/" + young).c_str(), &status), 0);
  const auto finish = [&](std::string_view name) -> Result<bool> {
    if (name != known) return false;
    EXPECT_TRUE(site.spool().publish(name, site.root() + "/spool/new/" + known).ok());
    return true;
  };
  ASSERT_TRUE(site.spool().finish_staged(status.st_mtime + 10, finish).ok());
  EXPECT_EQ(site.names("tmp"), std::vector<std::string>{young});
  EXPECT_EQ(site.names("new"), std::vector<std::string>{known});
  EXPECT_EQ(site.names("bad"), (std::vector<std::string>{"stranger", "stranger.why"}));
}

TEST(Spool, SetsAsideWithTheReasonAndOverwritesNothing) {
  SpoolSite site;
  ASSERT_TRUE(site.spool().set_aside("../odd", "one", "reason\none").ok());
  ASSERT_TRUE(site.spool().set_aside("../odd", "two", "reason two").ok());
  EXPECT_EQ(site.names("bad"), (std::vector<std::string>{"_.._odd", "_.._odd.why", "_.._odd~2", "_.._odd~2.why"}));
  EXPECT_EQ(read_file(site.root() + "/spool/bad/_.._odd", 10).value(), "one");
  EXPECT_EQ(read_file(site.root() + "/spool/bad/_.._odd~2.why", 100).value(), "reason two\n");
}

}  // namespace
}  // namespace majlis::spool
