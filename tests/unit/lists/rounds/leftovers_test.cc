#include "lists/rounds/leftovers.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <map>

#include "base/file.h"
#include "lists/rounds/delivery.h"
#include "spool/spool.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'795'000'000;

class Leftovers : public ScratchList {
 protected:
  Leftovers() { make_list("cooks", "owner = olga@example.org\n"); }
  std::string path(const std::string& file) const { return site_->directory() + "/" + file; }
  std::string in_list(const std::string& file) const { return path("lists/lists.example.org/cooks/" + file); }
  static void make(const std::string& file, UnixTime age) {
    ASSERT_TRUE(replace_file(file, "x\n", 0600).ok()) << file;
    touch(file, age);
  }
  static void touch(const std::string& file, UnixTime age) {
    const timespec times[2] = {{kNow - age, 0}, {kNow - age, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, file.c_str(), times, 0), 0) << file;
  }
  void sweep() const { sweep_leftovers(*site_, kNow); }
};

TEST_F(Leftovers, OfFilesOnTheirWayToTheirNamesGoWhenNobodyCanBeAtWork) {
  for (const std::string& folder : {path("texts/en"), path("texts/fr"), in_list("files"), in_list("posters")}) {
    ASSERT_TRUE(make_directories(folder, 0700).ok());
  }
  const std::vector<std::string> old = {path("secret.tmp.12"),           in_list("config.tmp.4711"),
                                        path("lists/.catalogue.tmp.1"),  path("spool/bad/x.why.tmp.9"),
                                        path("texts/en/help.txt.tmp.1"), path("texts/fr/help.txt.tmp.1"),
                                        in_list("files/rice.txt.tmp.7"), in_list("posters/a.tmp.8")};
  for (const std::string& file : old) make(file, spool::kSweepAge);
  make(path("secret.tmp.13"), spool::kSweepAge - 1);
  make(path("secret.tmp.x"), spool::kSweepAge);
  sweep();
  for (const std::string& file : old) EXPECT_FALSE(path_exists(file)) << file;
  EXPECT_TRUE(path_exists(path("secret.tmp.13")));
  EXPECT_TRUE(path_exists(path("secret.tmp.x")));
  EXPECT_TRUE(path_exists(in_list("config")));
}

TEST_F(Leftovers, OfJobsThatAreGoneGo) {
  make(path("spool/bad/a"), spool::kSweepAge);
  make(path("spool/bad/a.why"), spool::kSweepAge);
  make(path("spool/bad/b.why"), spool::kSweepAge);
  make(path("spool/new/.b.rewrite"), spool::kSweepAge);
  make(path("spool/new/c"), spool::kSweepAge);
  make(path("spool/new/.c.rewrite"), spool::kSweepAge);
  sweep();
  EXPECT_TRUE(path_exists(path("spool/bad/a.why")));
  EXPECT_FALSE(path_exists(path("spool/bad/b.why")));
  EXPECT_FALSE(path_exists(path("spool/new/.b.rewrite")));
  EXPECT_TRUE(path_exists(path("spool/new/.c.rewrite")));
}

TEST_F(Leftovers, InSpoolBadGoAfterTheDaysOfTheSiteCountedFromTheirReason) {
  constexpr UnixTime kDay = 24 * 3600;
  configure_site([](SiteConfig& site) { site.bad_days = 10; });
  const auto lay = [&](const std::string& name, UnixTime age, UnixTime reason_age) {
    make(path("spool/bad/" + name), age);
    make(path("spool/bad/" + name + ".why"), reason_age);
  };
  lay("over", 10 * kDay, 10 * kDay);
  lay("old_set_aside_now", 30 * kDay, 10 * kDay - 1);
  make(path("spool/bad/over_without_reason"), 10 * kDay);
  sweep();
  for (const char* gone : {"over", "over.why", "over_without_reason"}) {
    EXPECT_FALSE(path_exists(path("spool/bad/" + std::string(gone)))) << gone;
  }
  EXPECT_TRUE(path_exists(path("spool/bad/old_set_aside_now")));
  EXPECT_TRUE(path_exists(path("spool/bad/old_set_aside_now.why")));
  configure_site([](SiteConfig& site) { site.bad_days = 0; });
  lay("ancient", 4000 * kDay, 4000 * kDay);
  sweep();
  EXPECT_TRUE(path_exists(path("spool/bad/ancient"))) << "0: for ever";
}

TEST_F(Leftovers, OfAListThatWasNeverFinishedGo) {
  const std::string unfinished = path("lists/lists.example.org/.bakers.new");
  ASSERT_TRUE(make_directories(unfinished + "/held", 0700).ok());
  sweep();
  EXPECT_TRUE(path_exists(unfinished));
  touch(unfinished, spool::kSweepAge);
  sweep();
  EXPECT_FALSE(path_exists(unfinished));
}

TEST_F(Leftovers, HeldPostsWithoutAnEntryAreSetAside) {
  ASSERT_TRUE(make_directory(in_list("held"), 0700).ok());
  store::PendingItem item;
  item.list = kCooks;
  item.id = "known";
  item.kind = "post";
  {
    auto state = writer();
    ASSERT_TRUE(state->put_pending(item).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  for (const char* name : {"known.eml", "lost.eml"}) make(in_list("held/") + name, spool::kSweepAge);
  make(in_list("held/young.eml"), 60);
  sweep();
  EXPECT_TRUE(path_exists(in_list("held/known.eml")));
  EXPECT_TRUE(path_exists(in_list("held/young.eml")));
  EXPECT_FALSE(path_exists(in_list("held/lost.eml")));
  const std::string kept = path("spool/bad/") + std::string(kCooks) + ".lost.eml";
  EXPECT_TRUE(path_exists(kept));
  EXPECT_NE(read_file(kept + ".why", 1000).value().find("no entry"), std::string::npos);
}

TEST_F(Leftovers, AreLookedForOnceADay) {
  make(path("secret.tmp.1"), spool::kSweepAge);
  ASSERT_TRUE(keep_house(*site_, kNow, ClockTrust::trusted).ok());
  EXPECT_FALSE(path_exists(path("secret.tmp.1")));
  make(path("secret.tmp.2"), spool::kSweepAge);
  ASSERT_TRUE(keep_house(*site_, kNow + 24 * 3600 - 1, ClockTrust::trusted).ok());
  EXPECT_TRUE(path_exists(path("secret.tmp.2")));
  ASSERT_TRUE(keep_house(*site_, kNow + 24 * 3600, ClockTrust::trusted).ok());
  EXPECT_FALSE(path_exists(path("secret.tmp.2")));
}

TEST_F(Leftovers, AreLookedForAgainWhenTheClockWasWrong) {
  auto state = writer();
  EXPECT_TRUE(are_leftovers_due(*state, kNow + 1000 * 24 * 3600).value());
  EXPECT_TRUE(are_leftovers_due(*state, kNow).value());
  EXPECT_FALSE(are_leftovers_due(*state, kNow).value());
}

}  // namespace
}  // namespace majlis::lists
