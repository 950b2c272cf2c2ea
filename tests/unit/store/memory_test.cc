#include "tests/unit/store/scratch_site.h"

// Receipts, tokens, digests, counters, what waits for a decision, archives, traces, and how they are forgotten.
namespace majlis::store {
namespace {

using Memory = ScratchSite;

PendingItem waiting(const char* list, const char* id) {
  PendingItem item;
  item.list = list;
  item.id = id;
  item.kind = kPendingPost;
  item.asked = 10;
  item.expires = 20;
  return item;
}

TEST_F(Memory, FindsAReceiptWithItsSteps) {
  const Receipt receipt{
      std::string("0123456789\0bcdef", 16), {{"t1", "spool/new/1"}, {"", "spool/held/2"}}, "held", 55};
  auto site = writer();
  ASSERT_TRUE(site->record_receipt(receipt, 100).ok());
  const auto found = got(site->find_receipt(receipt.fingerprint));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->fingerprint, receipt.fingerprint);
  EXPECT_EQ(found->outcome, "held");
  EXPECT_EQ(found->done, 55);
  ASSERT_EQ(found->steps.size(), 2U);
  EXPECT_EQ(found->steps[0].staged, "t1");
  EXPECT_EQ(found->steps[1].target, "spool/held/2");
  EXPECT_FALSE(got(site->find_receipt("other")).has_value());
}

TEST_F(Memory, KnowsUsedTokensAndSeenPosts) {
  auto site = writer();
  EXPECT_FALSE(got(site->is_token_used("abc")));
  ASSERT_TRUE(site->mark_token_used("abc", 100).ok());
  EXPECT_TRUE(got(site->is_token_used("abc")));
  ASSERT_TRUE(site->mark_seen(kCooks, "digest", 100).ok());
  EXPECT_TRUE(got(site->has_seen(kCooks, "digest")));
  EXPECT_FALSE(got(site->has_seen(kBakers, "digest")));
}

TEST_F(Memory, CountsInFixedWindows) {
  auto site = writer();
  for (const UnixTime now : {3'600, 3'601, 7'199}) ASSERT_TRUE(site->count("source", now, 3'600).ok());
  ASSERT_TRUE(site->count("source", 7'200, 3'600).ok());
  ASSERT_TRUE(site->count("source", 3'600, 60).ok());
  EXPECT_EQ(got(site->counted("source", 5'000, 3'600)), 3U);
  EXPECT_EQ(got(site->counted("source", 7'300, 3'600)), 1U);
  EXPECT_EQ(got(site->counted("source", 3'650, 60)), 1U);
  EXPECT_EQ(got(site->counted("other", 5'000, 3'600)), 0U);
  EXPECT_EQ(site->count("source", 0, 0).error().kind, ErrorKind::refused);
  EXPECT_EQ(got(site->counted("source", -1, 3'600)), 0U);
}

TEST_F(Memory, CountsAmountsAsFarAsANumberGoes) {
  auto site = writer();
  ASSERT_TRUE(site->count("octets", 0, 60, 5'000'000'000).ok());
  ASSERT_TRUE(site->count("octets", 1, 60, 7).ok());
  EXPECT_EQ(got(site->counted("octets", 2, 60)), 5'000'000'007U);
  ASSERT_TRUE(site->count("octets", 3, 60, UINT64_MAX).ok());
  EXPECT_EQ(got(site->counted("octets", 4, 60)), UINT64_MAX);
}

TEST_F(Memory, ForgetsACounterAfterItsWindow) {
  auto site = writer();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(site->count("source", 3'600 + i, 3'600).ok());
  EXPECT_EQ(got(site->forget_expired(7'199, 100)), 0U);
  EXPECT_EQ(got(site->forget_expired(7'200, 100)), 1U);
  EXPECT_EQ(got(site->counted("source", 3'700, 3'600)), 0U);
}

TEST_F(Memory, ForgetsTheOldestFirstAndNoMoreThanAsked) {
  auto site = writer();
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(site->mark_token_used("token" + std::to_string(i), 100 + i).ok());
  EXPECT_EQ(got(site->forget_expired(99, 100)), 0U);
  EXPECT_EQ(got(site->forget_expired(200, 4)), 4U);
  EXPECT_FALSE(got(site->is_token_used("token3")));
  EXPECT_TRUE(got(site->is_token_used("token4")));
  EXPECT_EQ(got(site->forget_expired(200, 100)), 6U);
  EXPECT_EQ(got(site->forget_expired(200, 100)), 0U);
}

TEST_F(Memory, KeepsARowWhoseTimeWasMovedLater) {
  auto site = writer();
  ASSERT_TRUE(site->mark_seen(kCooks, "d", 100).ok());
  ASSERT_TRUE(site->mark_seen(kCooks, "d", 300).ok());
  EXPECT_EQ(got(site->forget_expired(200, 100)), 0U);
  EXPECT_TRUE(got(site->has_seen(kCooks, "d")));
  EXPECT_EQ(got(site->forget_expired(300, 100)), 1U);
}

TEST_F(Memory, ForgetsNoMembersAndNothingThatWaits) {
  auto site = writer();
  got(site->add_member(kCooks, member("a@example.org", 1)));
  ASSERT_TRUE(site->put_pending(waiting(kCooks, "h1")).ok());
  EXPECT_EQ(got(site->forget_expired(INT64_MAX, 100)), 0U);
  EXPECT_EQ(got(site->count_members(kCooks)), 1U);
  EXPECT_TRUE(got(site->find_pending(kCooks, "h1")).has_value());
}

TEST_F(Memory, KeepsWhatWaitsByListAndForTheSite) {
  PendingItem item = waiting(kCooks, "id2");
  item.kind = "join";
  item.address = "joe@example.org";
  item.asked_by = "ann@example.com";
  item.tongue = "majordomo";
  item.details = std::string("\0\1", 2);
  auto site = writer();
  ASSERT_TRUE(site->put_pending(item).ok());
  ASSERT_TRUE(site->put_pending(waiting(kCooks, "id1")).ok());
  ASSERT_TRUE(site->put_pending(waiting(kBakers, "id3")).ok());
  const auto found = got(site->find_pending(kCooks, "id2"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->list + found->id + found->kind, std::string(kCooks) + "id2join");
  EXPECT_EQ(found->address + found->asked_by + found->tongue, "joe@example.organn@example.commajordomo");
  EXPECT_EQ(found->details, std::string("\0\1", 2));
  EXPECT_EQ(found->asked, 10);
  EXPECT_EQ(found->expires, 20);
  EXPECT_EQ(got(site->pending_items(kCooks, 10)).size(), 2U);
  EXPECT_EQ(got(site->pending_items("", 10)).size(), 3U);
  EXPECT_EQ(got(site->pending_items("", 2)).size(), 2U);
  EXPECT_TRUE(got(site->remove_pending(kCooks, "id2")));
  EXPECT_FALSE(got(site->remove_pending(kCooks, "id2")));
  EXPECT_EQ(got(site->pending_items(kCooks, 10)).front().id, "id1");
}

TEST_F(Memory, KnowsInWhichListsSomethingOfAnIdWaits) {
  auto site = writer();
  for (const char* list : {kCooks, kBakers}) ASSERT_TRUE(site->put_pending(waiting(list, "id1")).ok());
  ASSERT_TRUE(site->put_pending(waiting(kCooks, "id12")).ok());
  EXPECT_EQ(got(site->lists_with_pending("id1", 10)), (std::vector<std::string>{kBakers, kCooks}));
  EXPECT_EQ(got(site->lists_with_pending("id1", 1)).size(), 1U);
  got(site->remove_pending(kCooks, "id1"));
  EXPECT_EQ(got(site->lists_with_pending("id1", 10)), std::vector<std::string>{kBakers});
  EXPECT_TRUE(got(site->lists_with_pending("id", 10)).empty());
}

TEST_F(Memory, FindsWhatWaitsAboutAnAddressAndCountsAKind) {
  auto site = writer();
  for (const char* id : {"id1", "id2", "id3"}) {
    PendingItem item = waiting(kCooks, id);
    item.kind = "join";
    item.address = std::string(id) + "@example.org";
    ASSERT_TRUE(site->put_pending(item).ok());
  }
  EXPECT_EQ(got(site->find_pending_about(kCooks, "join", "id2@example.org"))->id, "id2");
  EXPECT_FALSE(got(site->find_pending_about(kCooks, "leave", "id2@example.org")));
  EXPECT_FALSE(got(site->find_pending_about(kBakers, "join", "id2@example.org")));
  EXPECT_FALSE(got(site->find_pending_about(kCooks, "join", "id2@example")));
  EXPECT_EQ(got(site->count_pending(kCooks, "join", 10)), 3U);
  EXPECT_EQ(got(site->count_pending(kCooks, "join", 2)), 2U);
  EXPECT_EQ(got(site->count_pending(kCooks, "jo", 10)), 0U);
  got(site->remove_pending(kCooks, "id2"));
  EXPECT_FALSE(got(site->find_pending_about(kCooks, "join", "id2@example.org")));
  EXPECT_EQ(got(site->count_pending(kCooks, "join", 10)), 2U);
}

TEST_F(Memory, ForgetsWhatWaitsWithItsList) {
  auto site = writer();
  ASSERT_TRUE(site->put_pending(waiting(kCooks, "id1")).ok());
  ASSERT_TRUE(site->put_pending(waiting(kBakers, "id1")).ok());
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  EXPECT_TRUE(got(site->pending_items(kCooks, 10)).empty());
  EXPECT_EQ(got(site->lists_with_pending("id1", 10)), std::vector<std::string>{kBakers});
  EXPECT_EQ(got(site->count_pending(kCooks, kPendingPost, 10)), 0U);
}

TEST_F(Memory, KeepsARowLargerThanAPage) {
  PendingItem item = waiting(kCooks, "big");
  item.details.assign(300'000, 's');
  auto site = writer();
  ASSERT_TRUE(site->put_pending(item).ok());
  ASSERT_TRUE(site->commit().ok());
  site.reset();
  EXPECT_EQ(got(reader()->pending_items("", 10)).front().details, item.details);
  item.details.resize(2'000'000, 's');
  site = writer();
  EXPECT_EQ(site->put_pending(item).error().kind, ErrorKind::refused);
}

TEST_F(Memory, RemembersArchiveSizes) {
  auto site = writer();
  EXPECT_EQ(got(site->archive_octets(kCooks, "2026-11")), 0U);
  ASSERT_TRUE(site->set_archive_octets(kCooks, "2026-11", 123'456'789'012U).ok());
  EXPECT_EQ(got(site->archive_octets(kCooks, "2026-11")), 123'456'789'012U);
  EXPECT_EQ(got(site->archive_octets(kCooks, "2026-12")), 0U);
}

TEST_F(Memory, RemembersWhatWaitsForADigest) {
  auto site = writer();
  EXPECT_EQ(got(site->pending_digest(kCooks)).end, 0U);
  ASSERT_TRUE(site->set_pending_digest(kCooks, {10, 500, 3, 40, 8, "1/1"}).ok());
  ASSERT_TRUE(site->commit().ok());
  const PendingDigest pending = got(site->pending_digest(kCooks));
  EXPECT_EQ(pending.begin, 10U);
  EXPECT_EQ(pending.end, 500U);
  EXPECT_EQ(pending.posts, 3U);
  EXPECT_EQ(pending.lines, 40U);
  EXPECT_EQ(pending.next_issue, 8U);
  EXPECT_EQ(pending.numbered_from, "1/1");
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  EXPECT_EQ(got(site->pending_digest(kCooks)).end, 0U);
}

TEST_F(Memory, TracesEventsInTheOrderTheyCame) {
  auto site = writer();
  for (int i = 0; i < 12; ++i)
    ASSERT_TRUE(site->add_trace(TraceEvent{50 + i / 5, "<1@x>", std::to_string(i)}, 100).ok());
  ASSERT_TRUE(site->add_trace(TraceEvent{1, "<2@x>", "other"}, 100).ok());
  const auto events = got(site->trace("<1@x>", 100));
  ASSERT_EQ(events.size(), 12U);
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i].text, std::to_string(i));
  EXPECT_EQ(got(site->trace("<1@x>", 3)).size(), 3U);
  EXPECT_EQ(got(site->forget_expired(100, 100)), 13U);
  EXPECT_TRUE(got(site->trace("<1@x>", 100)).empty());
}

TEST_F(Memory, TracesAnOverlongMessageId) {
  const std::string long_id(5'000, 'm');
  auto site = writer();
  ASSERT_TRUE(site->add_trace(TraceEvent{1, long_id, "text"}, 100).ok());
  EXPECT_EQ(got(site->trace(long_id, 10)).front().key, long_id);
}

}  // namespace
}  // namespace majlis::store
