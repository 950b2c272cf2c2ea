#include "lists/upkeep/site_copy.h"

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "spool/job/staged_name.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

class SiteCopyTest : public ScratchList {
 protected:
  SiteCopyTest() {
    make_list("cooks", "");
    EXPECT_TRUE(make_directories(copy_ + "/spool/hold", 0700).ok());
    EXPECT_TRUE(make_directories(archive_.substr(0, archive_.rfind('/')), 0700).ok());
  }
  void archive(const std::string& octets, std::uint64_t committed) const {
    ASSERT_TRUE(replace_file(archive_, octets, 0600).ok());
    auto state = writer();
    ASSERT_TRUE(state->set_archive_octets(kCooks, "2026-11", committed).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  std::string copied(const std::string& path) const {
    const Result<std::string> text = read_file(copy_ + "/" + path, 1'000'000);
    return text ? *text : "(none)";
  }
  void put(const std::string& path, const std::string& text) const {
    ASSERT_TRUE(replace_file(site_->directory() + "/" + path, text, 0600).ok());
  }

  std::string copy_ = root_ + "/copy";
  std::string in_list_ = "lists/lists.example.org/cooks/";
  std::string archive_ = site_->directory() + "/" + in_list_ + "archive/2026-11.mbox";
};

TEST_F(SiteCopyTest, TheSecondTimeTakesWhatChangedCameAndWent) {
  put("texts/one", "first");
  put("texts/two", "stays");
  put("texts/three", "goes");
  SiteCopy copy(*site_, copy_);
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  EXPECT_EQ(copied("texts/one"), "first");
  put("texts/one", "other");
  put(in_list_ + "info", "new");
  std::filesystem::remove(site_->directory() + "/texts/three");
  const auto state = reader();
  ASSERT_TRUE(copy.copy_files(state.get(), {}).ok());
  EXPECT_EQ(copied("texts/one"), "other");
  EXPECT_EQ(copied("texts/two"), "stays");
  EXPECT_EQ(copied("texts/three"), "(none)");
  EXPECT_EQ(copied(in_list_ + "info"), "new");
}

// What stands behind them is of a post that was not committed, and will be overwritten.
TEST_F(SiteCopyTest, OfAnArchiveItTakesTheOctetsThatAreCounted) {
  archive("one.half of two", 4);
  SiteCopy copy(*site_, copy_);
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  EXPECT_EQ(copied(in_list_ + "archive/2026-11.mbox"), "one.");
  std::fstream(archive_, std::ios::in | std::ios::out).seekp(4) << "three.and more";
  auto change = writer();
  ASSERT_TRUE(change->set_archive_octets(kCooks, "2026-11", 10).ok());
  ASSERT_TRUE(change->commit().ok());
  change.reset();
  const auto state = reader();
  ASSERT_TRUE(copy.copy_files(state.get(), {}).ok());
  EXPECT_EQ(copied(in_list_ + "archive/2026-11.mbox"), "one.three.");
}

// The lengths are looked at before the files are copied.
TEST_F(SiteCopyTest, OfAnArchiveThatHasSettledTooWhatWasCountedMeanwhileIsTaken) {
  archive("one.two.", 4);
  std::this_thread::sleep_for(std::chrono::milliseconds(3'100));
  SiteCopy copy(*site_, copy_);
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  EXPECT_EQ(copied(in_list_ + "archive/2026-11.mbox"), "one.");
  auto change = writer();
  ASSERT_TRUE(change->set_archive_octets(kCooks, "2026-11", 8).ok());
  ASSERT_TRUE(change->commit().ok());
  change.reset();
  const auto state = reader();
  ASSERT_TRUE(copy.copy_files(state.get(), {}).ok());
  EXPECT_EQ(copied(in_list_ + "archive/2026-11.mbox"), "one.two.");
}

TEST_F(SiteCopyTest, AFileThatNobodyMayWriteIsCopiedAgain) {
  const auto put_closed = [&](const std::string& text) {
    ASSERT_TRUE(replace_file(site_->directory() + "/texts/one", text, 0400).ok());
  };
  SiteCopy copy(*site_, copy_);
  put_closed("first");
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  put_closed("other");
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  EXPECT_EQ(copied("texts/one"), "other");
}

TEST_F(SiteCopyTest, AListThatGotAnotherNameMeanwhileLeavesNoFolderOfItsFormerOne) {
  SiteCopy copy(*site_, copy_);
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  const std::string lists = "/lists/lists.example.org/";
  std::filesystem::rename(site_->directory() + lists + "cooks", site_->directory() + lists + "bakers");
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  EXPECT_FALSE(path_exists(copy_ + lists + "cooks"));
  EXPECT_TRUE(path_exists(copy_ + lists + "bakers/config"));
}

TEST_F(SiteCopyTest, AnArchiveThatTheDatabaseDoesNotCountIsTakenWhole) {
  archive("of another program", 0);
  SiteCopy copy(*site_, copy_);
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  EXPECT_EQ(copied(in_list_ + "archive/2026-11.mbox"), "of another program");
}

TEST_F(SiteCopyTest, LeavesOutWhatIsMadeAnewOrBelongsToTheMoment) {
  for (const char* path : {"lists/.catalogue", "texts/info.tmp.123", "spool/budgets", "spool/tmp/x"}) put(path, "x");
  put(in_list_ + "archive/search.db", "x");
  ASSERT_TRUE(make_directories(site_->directory() + "/mail/ann@example.org/new", 0700).ok());
  put("mail/ann@example.org/new/1", "delivered");
  SiteCopy copy(*site_, copy_);
  ASSERT_TRUE(copy.copy_files(nullptr, {}).ok());
  for (const std::string& path :
       {std::string("lists/.catalogue"), std::string("texts/info.tmp.123"), std::string("spool/budgets"),
        std::string("spool/tmp"), std::string("mail"), std::string("db"), in_list_ + "archive/search.db"}) {
    EXPECT_FALSE(path_exists(copy_ + "/" + path)) << path;
  }
  EXPECT_NE(copied("site.conf"), "(none)");
  EXPECT_NE(copied("secret"), "(none)");
}

TEST_F(SiteCopyTest, JobsComeUnderTheirIdsWhereverTheyWaitAndThoseThatAreOverGo) {
  const std::string first = spool::staged_name(std::string(16, 'a'), 0);
  const std::string second = spool::staged_name(std::string(16, 'b'), 0);
  const std::string third = spool::staged_name(std::string(16, 'c'), 0);
  put("spool/new/" + first, "one");
  put("spool/later/000001795478400-" + second, "two");
  ASSERT_TRUE(make_directories(site_->directory() + "/spool/hold", 0700).ok());
  put("spool/hold/" + third, "three");
  SiteCopy copy(*site_, copy_);
  ASSERT_TRUE(copy.copy_jobs().ok());
  EXPECT_EQ(copy.jobs(), 3U);
  EXPECT_EQ(copied("spool/hold/" + first), "one");
  EXPECT_EQ(copied("spool/hold/" + second), "two");
  EXPECT_EQ(copied("spool/hold/" + third), "three");
  std::filesystem::remove(site_->directory() + "/spool/new/" + first);
  std::filesystem::rename(site_->directory() + "/spool/later/000001795478400-" + second,
                          site_->directory() + "/spool/new/" + second);
  ASSERT_TRUE(copy.copy_jobs().ok());
  EXPECT_EQ(copy.jobs(), 2U);
  EXPECT_EQ(copied("spool/hold/" + first), "(none)");
  EXPECT_EQ(copied("spool/hold/" + second), "two");
}

}  // namespace
}  // namespace majlis::lists
