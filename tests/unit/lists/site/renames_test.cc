#include "lists/site/renames.h"

#include "lists/site/former_names.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr const char* kBakers = "bakers@lists.example.org";
constexpr const char* kFishers = "fishers@lists.example.org";

class Renames : public ScratchList {
 protected:
  std::string site() const { return site_->directory(); }
};

TEST_F(Renames, AreReadBackAsTheyWereWrittenAndMarkedByTheirFile) {
  EXPECT_EQ(mark_of_renames(site()), "");
  EXPECT_TRUE(read_renames(site()).value().empty());
  ASSERT_TRUE(write_renames(site(), {{kCooks, kBakers, 7, 100, true}, {kBakers, kFishers, 0, 200, false}}).ok());
  const std::vector<Rename> renames = read_renames(site()).value();
  ASSERT_EQ(renames.size(), 2U);
  EXPECT_EQ(renames[0].from, kCooks);
  EXPECT_EQ(renames[0].to, kBakers);
  EXPECT_EQ(renames[0].change, 7U);
  EXPECT_EQ(renames[0].time, 100);
  EXPECT_TRUE(renames[0].keeps_alias);
  EXPECT_FALSE(renames[1].keeps_alias);
  const std::string mark = mark_of_renames(site());
  ASSERT_TRUE(write_renames(site(), renames).ok());
  EXPECT_NE(mark_of_renames(site()), mark);
}

TEST_F(Renames, AnotherLineIsDamaged) {
  for (const char* line : {"x 1 a@b c@d none\n", "1 1 a@b c@d\n", "1 1 a@b c@d none more\n"}) {
    ASSERT_TRUE(replace_file(site() + "/lists/.renames", line, 0600).ok());
    EXPECT_EQ(read_renames(site()).error().kind, ErrorKind::damaged) << line;
  }
}

TEST(PresentName, IsThatOfTheListAsOfTheChange) {
  const std::vector<Rename> renames = {{kCooks, kBakers, 10, 100, false},
                                       {kBakers, kFishers, 20, 200, false},
                                       {kCooks, kBakers, 30, 300, false},
                                       {kCooks, kFishers, 0, 400, false}};
  EXPECT_EQ(present_name(renames, kCooks, 9, 500), kFishers);
  EXPECT_EQ(present_name(renames, kCooks, 10, 500), kBakers) << "a later list of that name";
  EXPECT_EQ(present_name(renames, kCooks, 30, 500), kCooks) << "and one more, whose rename has not come to its end";
  EXPECT_EQ(present_name(renames, kBakers, 15, 500), kFishers);
  EXPECT_EQ(present_name(renames, kBakers, 25, 500), kBakers);
  EXPECT_EQ(present_name(renames, kCooks, 0, 50), kFishers) << "by the time";
  EXPECT_EQ(present_name(renames, kCooks, 0, 350), kCooks);
  EXPECT_EQ(present_name(renames, "other@lists.example.org", 1, 1), "other@lists.example.org");
}

// The lock of the database is what orders the two.
TEST_F(Renames, WhoOpenedTheSiteBeforeOneMayNotWriteAndNobodyWhileOneWaitsForItsEnd) {
  ASSERT_TRUE(site_->open_writer().ok());
  ASSERT_TRUE(write_renames(site(), {{kCooks, kBakers, 7, 100, false}}).ok());
  EXPECT_EQ(site_->open_writer().error().kind, ErrorKind::again);
  EXPECT_TRUE(site_->open_reader().ok());
  EXPECT_TRUE(Site::open(site()).value().open_writer().ok());
  ASSERT_TRUE(write_renames(site(), {{kCooks, kBakers, 0, 100, false}}).ok());
  const Site opened = Site::open(site()).value();
  EXPECT_EQ(opened.open_writer().error().kind, ErrorKind::again);
  EXPECT_EQ(opened.open_bulk_writer().error().kind, ErrorKind::again);
  EXPECT_TRUE(opened.open_renaming_writer().ok());
}

TEST_F(Renames, ATokenIsGoodUnderEachFormerNameOfItsListAndOfNoOther) {
  make_list("bakers", "");
  make_list("fishers", "");
  const std::string folder = site_->list_directory(*ListName::parse("bakers", kDomain));
  ASSERT_TRUE(write_former_names(folder, {{kCooks, 0}, {kFishers, 12}}).ok());
  constexpr UnixTime kNow = 1'800'000'000;
  const auth::SecretKey& key = site_->keys().front();
  const auto is_good = [&](const std::string& made_for, const std::string& asked_for) {
    const std::string token = auth::make_token(key, {made_for, "subscribe", "ann@example.org", ""}, kNow + 3600);
    return check_token(*site_, token, {asked_for, "subscribe", "ann@example.org", ""}, kNow).has_value();
  };
  EXPECT_TRUE(is_good(kBakers, kBakers));
  EXPECT_TRUE(is_good(kCooks, kBakers));
  EXPECT_TRUE(is_good(token_name_of(kFishers, 12), token_name_of(kBakers, 20)));
  EXPECT_FALSE(is_good(token_name_of(kFishers, 13), kBakers));
  EXPECT_FALSE(is_good(kBakers, kFishers));
  EXPECT_FALSE(is_good("other@lists.example.org", kBakers));
}

}  // namespace
}  // namespace majlis::lists
