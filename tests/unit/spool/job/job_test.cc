#include "spool/job/job.h"

#include <gtest/gtest.h>

#include <set>

#include "spool/job/job_head.h"
#include "spool/job/progress.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

Progress progress_of(const JobHead& head) {
  return Progress(head.checksum, head.job.recipients, head.job.roster.has_value());
}

DeliveryOutcome of(DeliveryOutcome::Kind kind) {
  const bool has_answer = kind == DeliveryOutcome::Kind::deferred || kind == DeliveryOutcome::Kind::failed;
  return {kind, has_answer ? DeliveryStatus{"4.2.2", "452 mailbox full"} : DeliveryStatus{}};
}

// Two transactions of four recipients: delivered, deferred, failed, delivered; and an intention that was not answered.
std::vector<std::string> some_records(Progress& progress) {
  std::vector<std::string> records = {progress.record_claim()};
  for (int i = 0; i < 2; ++i) {
    const std::vector<Target> targets = progress.take(4);
    records.push_back(
        progress.record_try(targets, std::vector<DeliveryOutcome>(4, of(DeliveryOutcome::Kind::accepted))));
    records.push_back(
        progress.record_outcomes(targets,
                                 {of(DeliveryOutcome::Kind::delivered), of(DeliveryOutcome::Kind::deferred),
                                  of(DeliveryOutcome::Kind::failed), of(DeliveryOutcome::Kind::delivered)},
                                 2000));
  }
  const std::vector<Target> last = progress.take(2);
  records.push_back(progress.record_try(last, std::vector<DeliveryOutcome>(2, of(DeliveryOutcome::Kind::accepted))));
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
  ASSERT_EQ(head->job.points.size(), 6U);
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

TEST(Job, ReadsBackWhoIsLeftOutOfARoster) {
  Job job = SpoolSite::roster_job(1);
  job.roster->except = {"\"a b\"@example.org", "joe@example.org"};
  EXPECT_EQ(parse_job_head(encode_job(job))->job.roster->except, job.roster->except);
  job.roster->except.assign(kMaxExcept, "");
  for (std::size_t i = 0; i < kMaxExcept; ++i) job.roster->except[i] = std::to_string(1000 + i) + "@example.org";
  EXPECT_EQ(parse_job_head(encode_job(job))->job.roster->except.size(), kMaxExcept);
  job.roster->except.emplace_back("z@example.org");
  EXPECT_FALSE(parse_job_head(encode_job(job)).ok());
  job.roster->except = {"b@example.org", "a@example.org"};
  EXPECT_FALSE(parse_job_head(encode_job(job)).ok());
}

TEST(Job, ReadsBackWhomARosterReachesBesides) {
  Job job = SpoolSite::roster_job(1);
  EXPECT_EQ(encode_job(job).find("\nreaches "), std::string::npos);
  job.roster->topics = "menus,other";
  EXPECT_EQ(parse_job_head(encode_job(job))->job.roster->topics, "menus,other");
  job.roster->reaches = 5;
  EXPECT_EQ(parse_job_head(encode_job(job))->job.roster->reaches, 5U);
  job.roster.reset();
  job.message_id = "x\nreaches 1";
  EXPECT_EQ(parse_job_head(encode_job(job))->job.message_id, job.message_id);
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
  EXPECT_EQ(again.next_place().behind, progress.next_place().behind);
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
    progress.record_outcomes(targets,
                             std::vector<DeliveryOutcome>(targets.size(), of(DeliveryOutcome::Kind::delivered)), 2000);
  }
  EXPECT_EQ(progress.unsettled(), 0U);
  EXPECT_FALSE(progress.may_have_more());
  EXPECT_LT(progress.compacted().size(), 100U);
}

class Spans : public testing::Test {
 protected:
  void add(const std::string& records) { records_ += records; }
  std::vector<DeliveryOutcome> all(const std::vector<Target>& targets, DeliveryOutcome::Kind kind) const {
    return std::vector<DeliveryOutcome>(targets.size(), of(kind));
  }
  Progress read(const std::string& records) const {
    Progress again(1, {}, true);
    const Result<std::size_t> valid = again.read(records);
    EXPECT_TRUE(valid.ok() && *valid == records.size());
    return again;
  }
  static std::vector<std::string> some(std::size_t from, std::size_t to) {
    const std::vector<std::string> people = SpoolSite::people(to);
    return {people.begin() + static_cast<std::ptrdiff_t>(from), people.end()};
  }
  std::multiset<std::string> left_in(Progress progress) const {
    std::multiset<std::string> left;
    for (const Target& target : progress.take(1000)) left.insert(target.recipient->address);
    return left;
  }
  Progress progress_{1, {}, true};
  std::string records_;
};

TEST_F(Spans, ThatWentOutAsAWholeSayNoNames) {
  add(progress_.record_page(some(0, 100), "hundred"));
  const std::vector<Target> targets = progress_.take(100);
  add(progress_.record_try(targets, all(targets, DeliveryOutcome::Kind::accepted)));
  add(progress_.record_outcomes(targets, all(targets, DeliveryOutcome::Kind::delivered), 2000));
  EXPECT_EQ(records_.find('@'), std::string::npos) << records_;
  const Progress again = read(records_);
  EXPECT_EQ(again.delivered(), 100U);
  EXPECT_EQ(again.unread(), 0U);
  EXPECT_EQ(again.next_place().behind, "hundred");
  EXPECT_TRUE(again.may_have_more());
}

TEST_F(Spans, AreNamedBeforeAnythingIsSaidOfAPart) {
  add(progress_.record_page(some(0, 10), ""));
  const std::vector<Target> targets = progress_.take(10);
  std::vector<DeliveryOutcome> outcomes = all(targets, DeliveryOutcome::Kind::delivered);
  outcomes[3] = {DeliveryOutcome::Kind::deferred, {"4.2.2", "full"}};
  outcomes[4] = {DeliveryOutcome::Kind::failed, {"5.1.1", "gone"}};
  outcomes[5] = {};
  add(progress_.record_outcomes(targets, outcomes, 2000));
  const Progress again = read(records_);
  EXPECT_EQ(again.delivered(), 7U);
  EXPECT_EQ(again.unread(), 0U);
  ASSERT_EQ(again.untold().size(), 1U);
  EXPECT_EQ(again.untold()[0].address, "p4@example.org");
  EXPECT_EQ(left_in(again), (std::multiset<std::string>{"p3@example.org", "p5@example.org"}));
}

TEST_F(Spans, AreNotBrokenByABatchThatHasSomebodyAlready) {
  add(progress_.record_page(some(0, 60), "sixty"));
  add(progress_.record_page(some(60, 120), ""));
  EXPECT_EQ(progress_.take(100).size(), 60U);
  EXPECT_EQ(progress_.take(40).size(), 40U) << "but rather than nobody";
}

TEST_F(Spans, ThatARunLeftBehindAreReadAgain) {
  add(progress_.record_page(some(0, 10), "ten"));
  add(progress_.record_page(some(10, 20), "twenty"));
  add(progress_.record_page(some(20, 30), ""));
  for (int batch = 0; batch < 3; ++batch) {
    const std::vector<Target> targets = progress_.take(10);
    add(progress_.record_try(targets, all(targets, DeliveryOutcome::Kind::accepted)));
    if (batch != 1) add(progress_.record_outcomes(targets, all(targets, DeliveryOutcome::Kind::delivered), 2000));
  }
  for (const std::string& records : {records_, read(records_).compacted()}) {
    Progress again = read(records);
    EXPECT_EQ(again.delivered(), 20U);
    EXPECT_EQ(again.waiting(), 0U);
    EXPECT_EQ(again.unread(), 10U);
    EXPECT_EQ(again.uncertain(), 10U);
    ASSERT_TRUE(again.may_have_more());
    EXPECT_EQ(again.next_place().behind, "ten");
    EXPECT_EQ(again.next_place().until, "twenty");

    // Somebody has left in the meantime; the gap takes two readings, and a run is killed in between.
    std::string more = again.record_page(some(10, 15), "fifteen");
    EXPECT_EQ(again.next_place().behind, "fifteen");
    EXPECT_EQ(again.next_place().until, "twenty");
    Progress third = read(records + more);
    EXPECT_EQ(third.waiting(), 5U);
    EXPECT_EQ(third.next_place().behind, "fifteen");
    EXPECT_EQ(third.compacted(), read(third.compacted()).compacted());
    more += third.record_page(some(16, 20), "");
    EXPECT_FALSE(third.may_have_more());
    const Progress whole = read(records + more);
    EXPECT_FALSE(whole.may_have_more());
    EXPECT_EQ(whole.unread(), 0U);
    std::vector<std::string> wanted = some(10, 15);
    for (const std::string& person : some(16, 20)) wanted.push_back(person);
    EXPECT_EQ(left_in(whole), std::multiset<std::string>(wanted.begin(), wanted.end()));
  }
}

TEST_F(Spans, OfWhichARecordTellsAPartWithoutNamesAreDamaged) {
  const std::string span = progress_.record_page(some(0, 10), "");
  for (const bool is_named : {false, true}) {
    Progress named(1, {}, true);
    std::string records = named.record_page(some(0, 10), "");
    const std::vector<Target> targets = named.take(4);
    const std::string told = named.record_outcomes(targets, all(targets, DeliveryOutcome::Kind::delivered), 2000);
    const std::size_t second = told.find('\n') + 1;
    ASSERT_NE(told.find(" names 0 "), std::string::npos);
    Progress again(1, {}, true);
    EXPECT_EQ(again.read(span + (is_named ? told : told.substr(second))).ok(), is_named);
  }
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
