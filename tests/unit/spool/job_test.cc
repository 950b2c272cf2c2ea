#include "spool/job.h"

#include <gtest/gtest.h>

#include <set>

#include "spool/job_head.h"
#include "spool/progress.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

Progress progress_of(const JobHead& head) {
  return Progress(head.checksum, head.job.recipients, head.job.roster.has_value());
}

Outcome of(Outcome::Kind kind) {
  const bool has_answer = kind == Outcome::Kind::deferred || kind == Outcome::Kind::failed;
  return {kind, has_answer ? Answer{"4.2.2", "452 mailbox full"} : Answer{}};
}

// Two transactions of four recipients: delivered, deferred, failed, delivered; and an intention that was not answered.
std::vector<std::string> some_records(Progress& progress) {
  std::vector<std::string> records = {progress.record_claim()};
  for (int i = 0; i < 2; ++i) {
    const std::vector<Target> targets = progress.take(4);
    records.push_back(progress.record_try(targets, std::vector<Outcome>(4, of(Outcome::Kind::accepted))));
    records.push_back(progress.record_outcomes(targets,
                                               {of(Outcome::Kind::delivered), of(Outcome::Kind::deferred),
                                                of(Outcome::Kind::failed), of(Outcome::Kind::delivered)},
                                               2000));
  }
  const std::vector<Target> last = progress.take(2);
  records.push_back(progress.record_try(last, std::vector<Outcome>(2, of(Outcome::Kind::accepted))));
  return records;
}

TEST(Job, ComesBackAsItWasWritten) {
  Job job = SpoolSite::job(3, {"a@example.org", "odd %name\x01@x", "", "\xC3\xA4@example.org"});
  job.message = "bytes\r\nwith \0 in them";
  job.verp = Verp::per_recipient;
  const Result<JobHead> head = parse_job_head(encode_job(job));
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->job.id, job.id);
  EXPECT_EQ(head->job.created, job.created);
  EXPECT_EQ(head->job.expires, job.expires);
  EXPECT_EQ(head->job.list, job.list);
  EXPECT_EQ(head->job.message_id, job.message_id);
  EXPECT_EQ(head->job.sender, job.sender);
  EXPECT_EQ(head->job.verp, Verp::per_recipient);
  EXPECT_EQ(head->job.recipients, job.recipients);
  EXPECT_EQ(head->job.message, job.message);
}

TEST(Job, KeepsItsPoints) {
  const Job job = SpoolSite::personal_job(1);
  const Result<JobHead> head = parse_job_head(encode_job(job));
  ASSERT_TRUE(head.ok()) << head.error().what;
  ASSERT_EQ(head->job.points.size(), 5U);
  EXPECT_EQ(head->job.points, job.points);
  EXPECT_EQ(head->job.message, job.message);
}

TEST(Job, WithAPointWhereNoneMayBeIsDamaged) {
  const Job good = SpoolSite::personal_job(1);
  for (std::size_t at = 0; at <= good.message.size() + 1; ++at) {
    for (const PointKind kind : {PointKind::text_name, PointKind::header_mailbox}) {
      Job job = good;
      job.points = {{at, kind}};
      const bool is_safe = are_points_safe(good.message, job.points);
      EXPECT_EQ(parse_job_head(encode_job(job)).ok(), is_safe) << at;
    }
  }
  Job twice = good;
  std::swap(twice.points.front(), twice.points.back());
  EXPECT_FALSE(parse_job_head(encode_job(twice)).ok()) << "not in order";
  Job many = good;
  many.points.assign(kMaxPoints + 1, good.points.front());
  EXPECT_FALSE(parse_job_head(encode_job(many)).ok());
}

TEST(Job, KeepsItsRosterQuestion) {
  const Result<JobHead> head = parse_job_head(encode_job(SpoolSite::roster_job(1)));
  ASSERT_TRUE(head.ok());
  ASSERT_TRUE(head->job.roster.has_value());
  EXPECT_EQ(head->job.roster->as_of, 7U);
  EXPECT_EQ(head->job.roster->list, "cooks@lists.example.org");
}

TEST(Job, ReadsBackWhichMembersOfARoster) {
  Job job = SpoolSite::roster_job(1);
  job.roster->with_any = 0x30;
  job.roster->without = UINT32_MAX;
  const Result<JobHead> head = parse_job_head(encode_job(job));
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->job.roster->list, "cooks@lists.example.org");
  EXPECT_EQ(head->job.roster->with_any, 0x30U);
  EXPECT_EQ(head->job.roster->without, UINT32_MAX);
}

TEST(Job, WithItsHeadCutAnywhereIsDamaged) {
  const std::string whole = encode_job(SpoolSite::job(1, {"a@example.org"}));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Result<JobHead> head = parse_job_head(std::string_view(whole).substr(0, size));
    ASSERT_FALSE(head.ok()) << size;
    EXPECT_EQ(head.error().kind, ErrorKind::damaged);
  }
}

TEST(Job, WithAnyOctetOfItsHeadChangedIsDamaged) {
  const std::string whole = encode_job(SpoolSite::job(1, {"a@example.org"})) + "tail";
  for (std::size_t at = 0; at + 4 < whole.size(); ++at) {
    for (const char bit : {'\x01', '\x20', '\x80'}) {
      std::string changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ bit);
      ASSERT_FALSE(parse_job_head(changed).ok()) << at;
    }
  }
}

class RecordsTest : public testing::TestWithParam<bool> {
 protected:
  RecordsTest() {
    const Job job = GetParam() ? SpoolSite::roster_job(1) : SpoolSite::job(1, SpoolSite::people(12));
    head_ = parse_job_head(encode_job(job)).value();
    Progress progress = progress_of(head_);
    if (GetParam()) pieces_.push_back(progress.record_page(SpoolSite::people(12), "next"));
    for (std::string& record : some_records(progress)) pieces_.push_back(std::move(record));
    for (const std::string& piece : pieces_) all_ += piece;
  }
  JobHead head_;
  std::vector<std::string> pieces_;
  std::string all_;
};

TEST_P(RecordsTest, CutAnywhereGiveTheStateOfTheWholeOnesBefore) {
  for (std::size_t size = 0; size <= all_.size(); ++size) {
    Progress progress = progress_of(head_);
    const Result<std::size_t> valid = progress.read(std::string_view(all_).substr(0, size));
    ASSERT_TRUE(valid.ok()) << size;
    ASSERT_LE(*valid, size);
    Progress again = progress_of(head_);
    ASSERT_TRUE(again.read(std::string_view(all_).substr(0, *valid)).ok());
    EXPECT_EQ(progress.unsettled(), again.unsettled());
    EXPECT_EQ(progress.compacted(), again.compacted());
    EXPECT_TRUE(*valid == 0 || all_[*valid - 1] == '\n');
  }
}

TEST_P(RecordsTest, WithAnyOctetChangedAreRefusedOrCutBeforeIt) {
  for (std::size_t at = 0; at < all_.size(); ++at) {
    std::string changed = all_;
    changed[at] = static_cast<char>(changed[at] ^ 0x04);
    Progress progress = progress_of(head_);
    const Result<std::size_t> valid = progress.read(changed);
    if (valid) {
      EXPECT_LE(*valid, at);
    } else {
      EXPECT_EQ(valid.error().kind, ErrorKind::damaged);
    }
  }
}

TEST_P(RecordsTest, CompactedGiveTheSameState) {
  Progress progress = progress_of(head_);
  ASSERT_TRUE(progress.read(all_).ok());
  EXPECT_EQ(progress.unsettled(), 6U);
  EXPECT_EQ(progress.waiting(), 6U);
  EXPECT_EQ(progress.uncertain(), 2U);
  EXPECT_EQ(progress.untold().size(), 2U);
  Progress again = progress_of(head_);
  ASSERT_TRUE(again.read(progress.compacted()).ok());
  EXPECT_EQ(again.unsettled(), 6U);
  EXPECT_EQ(again.uncertain(), 2U);
  EXPECT_EQ(again.untold().size(), 2U);
  EXPECT_EQ(again.cursor(), progress.cursor());
  EXPECT_EQ(again.compacted(), progress.compacted());
  std::multiset<std::string> left;
  for (const Target& target : again.take(100)) left.insert(target.recipient->address);
  EXPECT_EQ(left, (std::multiset<std::string>{"p1@example.org", "p5@example.org", "p8@example.org", "p9@example.org",
                                              "p10@example.org", "p11@example.org"}));
}

TEST_P(RecordsTest, OfAnotherFileAreNotTaken) {
  JobHead other = head_;
  other.checksum ^= 1U;
  Progress progress = progress_of(other);
  const Result<std::size_t> valid = progress.read(all_);
  ASSERT_TRUE(valid.ok());
  EXPECT_EQ(*valid, 0U);
}

INSTANTIATE_TEST_SUITE_P(ListAndRoster, RecordsTest, testing::Bool());

TEST(Progress, OfAHundredThousandDeliveredMembersIsSmall) {
  Progress progress(1, {}, true);
  const std::vector<std::string> people = SpoolSite::people(1000);
  for (int page = 1; page <= 100; ++page) {
    progress.record_page(people, page == 100 ? "" : std::to_string(page));
    const std::vector<Target> targets = progress.take(1000);
    progress.record_outcomes(targets, std::vector<Outcome>(targets.size(), of(Outcome::Kind::delivered)), 2000);
  }
  EXPECT_EQ(progress.unsettled(), 0U);
  EXPECT_FALSE(progress.may_have_more());
  EXPECT_LT(progress.compacted().size(), 100U);
}

TEST(Progress, CountsClaimsThatLedToNothing) {
  Progress progress(1, {"a@x", "b@x"}, false);
  std::string records;
  for (int i = 0; i < 3; ++i) records += progress.record_claim();
  EXPECT_EQ(progress.fruitless_claims(), 3U);
  records += progress.record_due(99, 1, {"4.4.1", "no relay"});
  Progress again(1, {"a@x", "b@x"}, false);
  ASSERT_TRUE(again.read(records).ok());
  EXPECT_EQ(again.fruitless_claims(), 0U);
  EXPECT_EQ(again.attempts(), 1U);
  EXPECT_EQ(again.trouble().text, "no relay");
}

}  // namespace
}  // namespace majlis::spool
