// What waits for a digest, and the issues that are made of it.
#include <gmock/gmock.h>

#include "lists/posts/digests/digest_issue.h"
#include "lists/posts/distribution/distribution.h"
#include "lists/rounds/timed_work.h"
#include "tests/unit/lists/posts/copies_of.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr UnixTime kNow = 1'800'000'000;  // 08:00 UTC
constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;
constexpr const char* kCooksDigest = "cooks-digest@lists.example.org";

class Digests : public ScratchList {
 protected:
  Digests() {
    make_list("cooks", "");
    make_list("cooks-digest", "digest_of = cooks\n");
    join(kCooksDigest, "dora@example.org");
  }

  void join(const std::string& list_address, const std::string& member, std::uint32_t flags = 0) const {
    auto state = writer();
    ASSERT_TRUE(
        state->add_member(list_address, store::Member{*mail::Address::parse(member), "", flags, kNow, 0}).value());
    ASSERT_TRUE(state->commit().ok());
  }

  void post(const std::string& subject, std::size_t octets = 10, UnixTime now = kNow) {
    Work work = Work::begin(*site_, std::string(15, 'p') + static_cast<char>('A' + posts_++), now).value();
    const auto message = mail::Message::open("From: ann@example.com\nSubject: " + subject + "\nMessage-ID: <" +
                                             subject + "@x>\n\n" + std::string(octets, 'x') + "\n");
    const List cooks = list("cooks");
    const Copies copies = copies_of(*site_, cooks, message, "", now);
    ASSERT_TRUE(add_to_digests(work, cooks, copies.digests, copies.for_all).ok());
    ASSERT_TRUE(work.finish("post").ok());
  }

  void run(UnixTime now) const { do_timed_work(*site_, timed_work_table(), now, {}); }
  std::optional<UnixTime> due(const char* list_address = kCooksDigest) const {
    const auto item = reader()->find_due_item(kDigest, list_address, "").value();
    return item ? std::optional(item->due) : std::nullopt;
  }
  std::uint64_t waiting(const char* list_address = kCooksDigest) const {
    return reader()->pending_digest(list_address).value().posts;
  }
  std::string pending_path() const { return pending_file(list("cooks-digest")); }

  int posts_ = 0;
};

TEST_F(Digests, WaitNoLongerThanTheirOldestPostMay) {
  post("a");
  EXPECT_EQ(due(), kNow + kDay);
  post("b", 10, kNow + kHour);
  EXPECT_EQ(due(), kNow + kDay);
  run(kNow + kDay - 1);
  EXPECT_THAT(jobs(), SizeIs(0));
  run(kNow + kDay);
  ASSERT_THAT(jobs(), SizeIs(1));
  EXPECT_THAT(jobs()[0], HasSubstr("Subject: cooks-digest V1 #1"));
  EXPECT_EQ(waiting(), 0U);
  EXPECT_FALSE(due());
}

TEST_F(Digests, AreSentAtTheHourOfTheDay) {
  make_list("cooks-digest", "digest_of = cooks\ndigest_maxdays = 7\ndigest_hour = 17\n");
  post("a");
  EXPECT_EQ(due(), kNow - kNow % kDay + 17 * kHour);
  run(*due());
  post("b", 10, kNow - kNow % kDay + 17 * kHour);
  EXPECT_EQ(due(), kNow - kNow % kDay + 41 * kHour);
}

TEST_F(Digests, AreDueAtOnceWhenTheyAreLargeEnough) {
  make_list("cooks-digest", "digest_of = cooks\nmaxlength = 5000\n");
  post("a", 4000);
  EXPECT_EQ(due(), kNow + kDay);
  post("b", 1000);
  EXPECT_EQ(due(), kNow);
}

TEST_F(Digests, NeverGrowBeyondWhatAnIssueTakes) {
  for (const char* subject : {"a", "b", "c"}) post(subject, 60'000);
  post("huge", 300'000);
  post("last");
  for (int issue = 1; issue <= 5; ++issue) {
    run(kNow);
    EXPECT_THAT(jobs(), SizeIs(issue));
  }
  EXPECT_EQ(waiting(), 0U);
  run(kNow);
  EXPECT_THAT(jobs(), SizeIs(5));
  std::string all;
  for (const std::string& job : jobs()) all += job;
  for (const char* subject : {"a", "b", "c", "huge", "last"}) {
    const std::string line = "\r\nSubject: " + std::string(subject) + "\r\n";
    EXPECT_THAT(all, HasSubstr(line));
    EXPECT_EQ(all.find(line, all.find(line) + 1), std::string::npos) << subject;
  }
}

TEST_F(Digests, WriteOverWhatAnInterruptedRunLeft) {
  post("a");
  const std::string committed = read_file(pending_path(), 10'000).value();
  ASSERT_TRUE(replace_file(pending_path(), committed + "torn", 0600).ok());
  post("b");
  run(kNow + kDay);
  ASSERT_THAT(jobs(), SizeIs(1));
  EXPECT_THAT(jobs()[0], HasSubstr("Subject: a\r\n"));
  EXPECT_THAT(jobs()[0], HasSubstr("Subject: b\r\n"));
  EXPECT_THAT(jobs()[0], Not(HasSubstr("torn")));
}

TEST_F(Digests, SetADamagedFileAsideAndBeginAnew) {
  post("a");
  std::string bytes = read_file(pending_path(), 10'000).value();
  bytes[bytes.size() - 3] = '!';
  ASSERT_TRUE(replace_file(pending_path(), bytes, 0600).ok());
  run(kNow + kDay);
  EXPECT_THAT(jobs(), SizeIs(0));
  EXPECT_EQ(waiting(), 0U);
  EXPECT_THAT(list_directory(site_->directory() + "/spool/bad").value(), SizeIs(2));
  post("b", 10, kNow + kDay);
  run(kNow + 2 * kDay);
  ASSERT_THAT(jobs(), SizeIs(1));
  EXPECT_THAT(jobs()[0], HasSubstr("Subject: b\r\n"));
}

TEST_F(Digests, AreReadOrDamagedWhereverTheFileIsCut) {
  std::string whole;
  for (const std::string post : {"Subject: a\n\nx\n", "Subject: b\n\ny\n"}) whole += pending_head(post, 1) + post;
  const List digest = list("cooks-digest");
  ASSERT_TRUE(make_directories(digest.directory() + "/digest", 0700).ok());
  const store::PendingDigest pending{0, whole.size(), 2, 2, 0, ""};
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    ASSERT_TRUE(replace_file(pending_path(), whole.substr(0, length), 0600).ok());
    const Result<IssueContent> issue = next_issue_of(digest, pending, 1000, 10);
    EXPECT_EQ(issue.ok(), length == whole.size()) << length;
    if (issue) continue;
    EXPECT_EQ(issue.error().kind, ErrorKind::damaged);
  }
}

TEST_F(Digests, OfMembersGoToThoseWhoAskedInTheFormTheyAskedFor) {
  join(kCooks, "bob@example.net", store::kMemberDigestMime);
  post("a");
  EXPECT_EQ(waiting(kCooks), 1U);
  run(kNow + kDay);
  const std::vector<std::string> sent = jobs();
  ASSERT_THAT(sent, SizeIs(3));  // plain, MIME; and the list of digests: nobody wants an index
  int mime = 0;
  for (const std::string& job : sent) {
    const bool is_mime = job.find("multipart/digest") != std::string::npos;
    mime += is_mime ? 1 : 0;
    if (!is_mime) continue;
    EXPECT_THAT(job, HasSubstr(" cooks@lists.example.org 16 0\n"));
  }
  EXPECT_EQ(mime, 1);
}

TEST_F(Digests, ThatNobodyReadsAreDropped) {
  join(kCooks, "bob@example.net", store::kMemberDigestMime);
  post("a");
  {
    auto state = writer();
    ASSERT_TRUE(state->remove_member(kCooks, *mail::Address::parse("bob@example.net")).value());
    ASSERT_TRUE(state->remove_member(kCooksDigest, *mail::Address::parse("dora@example.org")).value());
    ASSERT_TRUE(state->commit().ok());
  }
  run(kNow + kDay);
  EXPECT_THAT(jobs(), SizeIs(0));
  EXPECT_EQ(waiting(), 0U);
  EXPECT_EQ(waiting(kCooks), 0U);
}

TEST_F(Digests, AskedForAreDueAtOnce) {
  make_list("bakers", "");
  const auto ask = [&](const char* name) {
    Work work = Work::begin(*site_, std::string(16, 'q'), kNow).value();
    const Ask answer = ask_for_digest(work, list(name)).value();
    EXPECT_TRUE(work.state().commit().ok());
    return answer;
  };
  EXPECT_EQ(ask("bakers"), Ask::makes_none);
  EXPECT_EQ(ask("cooks-digest"), Ask::nothing_waits);
  post("a");
  EXPECT_EQ(ask("cooks-digest"), Ask::is_due);
  EXPECT_EQ(due(), kNow);
}

ListConfig numbered(const char* volume, const char* issue) {
  ListConfig config;
  EXPECT_TRUE(config.set(Setting::digest_volume, volume).ok());
  EXPECT_TRUE(config.set(Setting::digest_issue, issue).ok());
  return config;
}

TEST(DigestNumbers, CountOnUntilASettingIsChanged) {
  store::PendingDigest pending;
  EXPECT_EQ(next_number(numbered("1", "40"), pending).issue, 40U);
  note_number(numbered("1", "40"), {1, 40}, pending);
  EXPECT_EQ(next_number(numbered("1", "40"), pending).issue, 41U);
  EXPECT_EQ(next_number(numbered("1", "7"), pending).issue, 7U);
  const IssueNumber other = next_number(numbered("2", "40"), pending);
  EXPECT_EQ(other.volume, 2U);
  EXPECT_EQ(other.issue, 40U);
}

TEST_F(Digests, OfAListThatIsGoneStillReachTheirReaders) {
  post("a");
  std::filesystem::remove_all(list("cooks").directory());
  run(kNow + kDay);
  ASSERT_THAT(jobs(), SizeIs(1));
  EXPECT_THAT(jobs()[0], HasSubstr("roster 1 " + std::string(kCooksDigest)));
  EXPECT_THAT(jobs()[0], HasSubstr("Subject: cooks-digest V1 #1"));
  EXPECT_THAT(jobs()[0], Not(HasSubstr("Reply-To")));
  EXPECT_EQ(waiting(), 0U);
}

TEST_F(Digests, WhoseSettingsCannotBeReadStopNoPostAndComeWhenTheyAreMended) {
  make_list("cooks-digest", "digest_of = cooks\ndigest_format = parchment\n");
  post("a");
  run(kNow + kDay);
  EXPECT_THAT(jobs(), SizeIs(0));
  EXPECT_EQ(waiting(), 1U);
  make_list("cooks-digest", "digest_of = cooks\n");
  run(*due());
  ASSERT_THAT(jobs(), SizeIs(1));
  EXPECT_THAT(jobs()[0], HasSubstr("Subject: cooks-digest V1 #1"));
}

TEST_F(Digests, WhoseSettingsCannotBeReadAndNameAnotherListGetNothing) {
  make_list("cooks-digest", "digest_of = bakers\ndigest_format = parchment\n");
  post("a");
  EXPECT_EQ(waiting(), 0U);
}

}  // namespace
}  // namespace majlis::lists
