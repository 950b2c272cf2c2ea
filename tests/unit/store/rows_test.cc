#include "store/rows.h"

#include <gtest/gtest.h>

#include <array>

#include "store/codec.h"
#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

// What makes each kind of row, and whether it can be read.
struct Kind {
  const char* name;
  std::string row;
  bool (*reads)(std::string_view row);
};

// As the first version wrote a post that it held.
std::string held_post_row() {
  RowWriter row(1);
  for (const char* field : {kCooks, "id1", "joe@example.org", "Cake", "<1@x>", "moderated", "not a member"}) {
    row.text(field);
  }
  return row.number(12'345).time(10).time(20).take();
}

std::vector<Kind> kinds() {
  Member joe = member("Joe@Example.org");
  joe.display = "Joe Bloggs";
  joe.flags = kMemberNoMail | kMemberSuspended;
  joe.joined_at = 77;
  Member ned = joe;
  ned.topics = "menus,news";
  ned.styled_at = 78;
  ned.language = "fr";
  ned.style_before = kMemberShortHeader;
  const PendingItem item{kCooks, "id1", "join", "joe@example.org", "ann@example.com", "majordomo", 10, 20, "details"};
  PendingItem claimed = item;
  claimed.claimed_by = "mona@example.org";
  claimed.claimed_until = 30;
  const Receipt receipt{std::string(16, 'f'), {{"a", "b"}, {"", "c"}}, "accepted", 99};
  return {
      {"ban", ban_row({"*@example.com", 77, "majlis"}), [](std::string_view row) { return read_ban(row).ok(); }},
      {"thread", thread_row(77, 500), [](std::string_view row) { return read_thread(row).ok(); }},
      {"member", member_row(joe), [](std::string_view row) { return read_member(row).ok(); }},
      {"member with wishes", member_row(ned), [](std::string_view row) { return read_member(row).ok(); }},
      {"pending item", pending_item_row(item), [](std::string_view row) { return read_pending_item(row).ok(); }},
      {"claimed item", pending_item_row(claimed), [](std::string_view row) { return read_pending_item(row).ok(); }},
      {"held post", held_post_row(), [](std::string_view row) { return read_pending_item(row).ok(); }},
      {"due", due_row({"hold_expiry", kCooks, "id1", 500, "value", 2, 77, 400}),
       [](std::string_view row) { return read_due({}, row).ok(); }},
      {"pending digest", pending_digest_row({100, 2000, 3, 40, 7, "1/1"}),
       [](std::string_view row) { return read_pending_digest(row).ok(); }},
      {"number", number_row(300), [](std::string_view row) { return read_number(row).ok(); }},
      {"receipt", receipt_row(receipt, 500), [](std::string_view row) { return read_receipt("f", row).ok(); }},
      {"mark", mark_row(500), [](std::string_view row) { return read_mark(row).ok(); }},
      {"count", count_row(3, 500), [](std::string_view row) { return read_count(row).ok(); }},
      {"trace", trace_row(TraceEvent{5, "<1@x>", "list=cooks"}, 500),
       [](std::string_view row) { return read_trace(row).ok(); }},
  };
}

TEST(Rows, CutAtAnyLengthAreDamagedAndNothingWorse) {
  for (const Kind& kind : kinds()) {
    EXPECT_TRUE(kind.reads(kind.row)) << kind.name;
    for (std::size_t length = 0; length < kind.row.size(); ++length) {
      const std::string cut = kind.row.substr(0, length);
      EXPECT_FALSE(kind.reads(cut)) << kind.name << " cut at " << length;
    }
    EXPECT_FALSE(kind.reads(kind.row + "x")) << kind.name;
  }
}

TEST(Rows, OfAnUnknownVersionAreDamaged) {
  for (const Kind& kind : kinds()) {
    std::string row = kind.row;
    row[0] = 9;
    EXPECT_FALSE(kind.reads(row)) << kind.name;
  }
}

TEST(Rows, WithAnyOctetChangedAreReadOrRefused) {
  int refused = 0;
  for (const Kind& kind : kinds()) {
    for (std::size_t at = 0; at < kind.row.size(); ++at) {
      for (const int octet : {0x00, 0x7F, 0x80, 0xFF}) {
        std::string row = kind.row;
        row[at] = static_cast<char>(octet);
        if (!kind.reads(row)) ++refused;
      }
    }
  }
  EXPECT_GT(refused, 0);
}

TEST(Rows, KeepEveryFieldOfAMember) {
  Member joe = member("\"Joe B\"@Example.org", -3);
  joe.display =
      "J\xC3\xB6"
      "e";
  joe.flags = 0xFFFFFFFFU;
  joe.joined_at = UINT64_MAX;
  const Member back = got(read_member(member_row(joe)));
  EXPECT_EQ(back.address.text(), joe.address.text());
  EXPECT_EQ(back.display, joe.display);
  EXPECT_EQ(back.flags, joe.flags);
  EXPECT_EQ(back.joined, -3);
  EXPECT_EQ(back.joined_at, UINT64_MAX);
  EXPECT_EQ(back.renewed, 0);
}

TEST(Rows, OfMembersWhoNeverRenewedAreThoseOfTheFirstVersion) {
  Member joe = member("joe@example.org", 5);
  const std::string first = member_row(joe);
  EXPECT_EQ(first.front(), '\1');
  joe.renewed = 1'800'000'000;
  const std::string second = member_row(joe);
  EXPECT_EQ(second.front(), '\2');
  EXPECT_EQ(got(read_member(second)).renewed, 1'800'000'000);
  EXPECT_EQ(got(read_member(second)).joined, 5);
  EXPECT_FALSE(read_member("\2" + first.substr(1)).ok());
  EXPECT_FALSE(read_member("\1" + second.substr(1)).ok());
  EXPECT_FALSE(read_member("\3" + second.substr(1)).ok());
}

TEST(Rows, OfHeldPostsOfTheFirstVersionAreReadAsPendingItems) {
  const PendingItem item = got(read_pending_item(held_post_row()));
  EXPECT_EQ(item.list + item.id + item.kind, std::string(kCooks) + "id1post");
  EXPECT_EQ(item.address, "joe@example.org");
  EXPECT_EQ(item.asked_by + item.tongue, "");
  EXPECT_EQ(item.asked, 10);
  EXPECT_EQ(item.expires, 20);
  RowReader details(item.details, 1, "details");
  for (const char* field : {"Cake", "<1@x>", "moderated", "not a member"}) EXPECT_EQ(details.text(), field);
  EXPECT_EQ(details.number(), 12'345U);
  EXPECT_TRUE(details.finish().ok());
  const std::string second = pending_item_row(item);
  EXPECT_EQ(second.front(), '\2');
  EXPECT_EQ(got(read_pending_item(second)).details, item.details);
}

// Versions before there were claims read all others.
TEST(Rows, OfPendingItemsAreOfTheThirdVersionOnlyWhereClaimed) {
  PendingItem item{kCooks, "id1", "post", "joe@example.org", "", "", 10, 20, "details"};
  EXPECT_EQ(pending_item_row(item).front(), '\2');
  EXPECT_EQ(got(read_pending_item(pending_item_row(item))).claimed_by, "");
  item.claimed_by = "mona@example.org";
  item.claimed_until = 30;
  EXPECT_EQ(pending_item_row(item).front(), '\3');
  const PendingItem read = got(read_pending_item(pending_item_row(item)));
  EXPECT_EQ(read.details + read.claimed_by, "detailsmona@example.org");
  EXPECT_EQ(read.claimed_until, 30);
}

TEST(Rows, SayWhenTheyMayBeForgotten) {
  EXPECT_EQ(got(forget_after_of(count_row(7, 1'234))), 1'234);
  EXPECT_FALSE(forget_after_of("").ok());
}

}  // namespace
}  // namespace majlis::store
