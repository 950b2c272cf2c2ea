// What becomes of a job whose roster is gone.
#include <gmock/gmock.h>

#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using testing::HasSubstr;

constexpr std::size_t kPage = 4;

class RosterGone : public testing::Test {
 protected:
  // The roster can be read up to `members`, then it is gone.
  FlushReport flush_until_gone(std::size_t members, Error error) {
    FlushHelp help = site_.help();
    help.roster = [members, error](const RosterQuery&, const RosterPlace& place,
                                   std::size_t max) -> Result<RosterPage> {
      const std::size_t from = place.behind.empty() ? 0 : std::stoul(std::string(place.behind));
      if (from >= members) return error;
      RosterPage page;
      page.recipients = SpoolSite::people(std::min({members, from + max, from + kPage}));
      page.recipients.erase(page.recipients.begin(), page.recipients.begin() + static_cast<std::ptrdiff_t>(from));
      page.cursor = std::to_string(from + page.recipients.size());
      return page;
    };
    help.trace = [this](const std::vector<JobResult>& results) {
      traced_.insert(traced_.end(), results.begin(), results.end());
      return Status();
    };
    Result<FlushReport> report = spool::flush(site_.spool(), site_.options(), help);
    EXPECT_TRUE(report.ok());
    return report.ok() ? *report : FlushReport();
  }
  std::string why(const Job& job) const {
    return read_file(site_.root() + "/spool/bad/" + job.id + ".why", 10'000).value();
  }
  std::string log() const { return read_file(site_.root() + "/log", 1'000'000).value(); }

  SpoolSite site_;
  std::vector<JobResult> traced_;
  Error gone_{ErrorKind::missing, "the list was removed"};
};

TEST_F(RosterGone, TheJobIsSetAsideWithItsReason) {
  const Job job = SpoolSite::roster_job(1);
  site_.post(job);
  const FlushReport report = flush_until_gone(0, gone_);
  EXPECT_EQ(report.jobs_finished, 0U);
  EXPECT_EQ(report.set_aside, 1U);
  EXPECT_TRUE(site_.is_empty());
  EXPECT_THAT(why(job), HasSubstr("the list was removed; 0 had it"));
  EXPECT_THAT(log(), HasSubstr("set-aside job=" + job.id));
  ASSERT_EQ(traced_.size(), 1U);
  EXPECT_FALSE(traced_[0].is_finished);
  EXPECT_THAT(traced_[0].set_aside, HasSubstr("the list was removed"));
}

TEST_F(RosterGone, InTheMiddleOfADeliveryItTellsHowManyHadIt) {
  const Job job = SpoolSite::roster_job(1);
  site_.options().recipients_per_transaction = kPage;
  site_.post(job);
  const FlushReport report = flush_until_gone(2 * kPage, gone_);
  EXPECT_EQ(report.delivered, 2 * kPage);
  EXPECT_EQ(report.set_aside, 1U);
  EXPECT_TRUE(site_.is_empty());
  EXPECT_THAT(why(job), HasSubstr("8 had it"));
}

TEST_F(RosterGone, ARosterThatCannotBeReadNowIsReadLater) {
  site_.post(SpoolSite::roster_job(1));
  EXPECT_EQ(flush_until_gone(0, {ErrorKind::again, "the disk"}).set_aside, 0U);
  EXPECT_EQ(site_.names("later").size(), 1U);
}

TEST_F(RosterGone, OtherJobsGoOn) {
  site_.post(SpoolSite::roster_job(1));
  site_.post(SpoolSite::job(2, {"a@x"}));
  EXPECT_EQ(flush_until_gone(0, gone_).delivered, 1U);
}

}  // namespace
}  // namespace majlis::spool
