#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;
using testing::Not;

class Queue : public AdminSite {
 protected:
  std::string spool() const { return site_->directory() + "/spool"; }
};

TEST_F(Queue, ListsWhatWaits) {
  EXPECT_EQ(majlis({"queue", "list"}).out, "");
  const std::string id = add_job('a');
  EXPECT_THAT(majlis({"queue", "list"}).out, HasSubstr(id + "  cooks@lists.example.org  age "));
  EXPECT_THAT(majlis({"queue", "list", "--json"}).out, HasSubstr("\"state\": \"new\""));
}

TEST_F(Queue, AJobIsNamedByItsIdOrSixOctetsOfItsBeginning) {
  const std::string id = add_job('a');
  EXPECT_EQ(majlis({"queue", "show", id}).status, 0);
  EXPECT_EQ(majlis({"queue", "show", id.substr(0, 6)}).status, 0);
  EXPECT_EQ(majlis({"queue", "show", id.substr(0, 5)}).status, 1);
  EXPECT_THAT(majlis({"queue", "show", "ffffff"}).err, HasSubstr("'majlis queue list' shows what waits"));
}

TEST_F(Queue, ABeginningOfSeveralIdsIsRefused) {
  const std::string id = add_job('a');
  const std::string other = id.substr(0, 31) + "0.0";
  std::string bytes = read_file(spool() + "/new/" + id, 10'000).value();
  ASSERT_TRUE(replace_file(spool() + "/new/" + other, bytes, 0600).ok());
  EXPECT_THAT(majlis({"queue", "show", id.substr(0, 8)}).err, HasSubstr("is the beginning of several ids"));
}

TEST_F(Queue, WithoutYesNothingIsCancelled) {
  const std::string id = add_job('a');
  const Ran ran = majlis({"queue", "cancel", id});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("would cancel " + id));
  EXPECT_THAT(ran.out, HasSubstr("Nothing was done; say --yes to do it.\n"));
  EXPECT_TRUE(path_exists(spool() + "/new/" + id));
}

TEST_F(Queue, ACancelledJobIsKeptWithItsReasonAndTraced) {
  const std::string id = add_job('a');
  EXPECT_EQ(majlis({"queue", "cancel", id, "--yes"}).out, id + ": cancelled; kept in spool/bad/\n");
  EXPECT_FALSE(path_exists(spool() + "/new/" + id));
  const std::string why = "cancelled by the administrator; 0 had it, members were left";
  EXPECT_EQ(majlis({"queue", "list", "--bad"}).out, id + "  " + why + "\n");
  EXPECT_THAT(majlis({"trace", "<a@example.org>"}).out, HasSubstr(why));
  EXPECT_THAT(majlis({"queue", "cancel", id, "--yes"}).err, HasSubstr("it is in bad/ already"));
}

TEST_F(Queue, ARetriedJobComesBackOutOfBad) {
  const std::string id = add_job('a');
  majlis({"queue", "cancel", id, "--yes"});
  EXPECT_EQ(majlis({"queue", "retry", id}).out, id + ": due now\n");
  EXPECT_TRUE(path_exists(spool() + "/new/" + id));
  EXPECT_EQ(majlis({"queue", "list", "--bad"}).out, "");
}

TEST_F(Queue, RetryWantsNamesOrAllAndNotBoth) {
  const std::string id = add_job('a');
  EXPECT_EQ(majlis({"queue", "retry"}).status, 2);
  EXPECT_EQ(majlis({"queue", "retry", id, "--all"}).status, 2);
  EXPECT_EQ(majlis({"queue", "retry", "--all"}).out, id + ": due now\n");
}

TEST_F(Queue, AJobOnHoldIsListedAndDueOnceItIsReleased) {
  const std::string id = add_job('a');
  ASSERT_TRUE(make_directories(spool() + "/hold", 0700).ok());
  std::filesystem::rename(spool() + "/new/" + id, spool() + "/hold/" + id);
  EXPECT_THAT(majlis({"queue", "list"}).out, HasSubstr("octets  on hold\n"));
  EXPECT_THAT(majlis({"queue", "list", "--json"}).out, HasSubstr("\"state\": \"hold\""));
  EXPECT_EQ(majlis({"queue", "retry", "--all"}).out, "") << "it is none of those that wait";
  EXPECT_THAT(majlis({"queue", "retry", id}).err, HasSubstr("'majlis queue release' lets it go"));
  make_list("cooks", "");
  EXPECT_THAT(majlis({"remove", "cooks"}).err, HasSubstr("1 job waits"));
  EXPECT_EQ(majlis({"queue", "release", id.substr(0, 8)}).out, id + ": due with the next run of majlis-flush\n");
  EXPECT_TRUE(path_exists(spool() + "/new/" + id));
  EXPECT_THAT(majlis({"queue", "release", id}).err, HasSubstr("it is not on hold"));
}

TEST_F(Queue, AJobOnHoldCanBeCancelled) {
  const std::string id = add_job('a');
  ASSERT_TRUE(make_directories(spool() + "/hold", 0700).ok());
  std::filesystem::rename(spool() + "/new/" + id, spool() + "/hold/" + id);
  EXPECT_EQ(majlis({"queue", "cancel", id, "--yes"}).out, id + ": cancelled; kept in spool/bad/\n");
}

TEST_F(Queue, ADamagedJobIsListedWithItsFileAndCanBeCancelled) {
  const std::string id = add_job('a');
  ASSERT_TRUE(replace_file(spool() + "/new/" + id, "no job", 0600).ok());
  const Ran ran = majlis({"queue", "list"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr(id + "  damaged  new/" + id));
  EXPECT_EQ(majlis({"queue", "show", id}).status, 1);
  EXPECT_EQ(majlis({"queue", "cancel", id, "--yes"}).status, 0);
  EXPECT_THAT(majlis({"queue", "list", "--bad"}).out, HasSubstr("it was damaged: "));
}

TEST_F(Queue, RetryOfNamedJobsLeavesTheOthers) {
  const std::string id = add_job('a');
  add_job('b');
  EXPECT_EQ(majlis({"queue", "retry", id}).out, id + ": due now\n");
}

}  // namespace
}  // namespace majlis::bin::admin
