#include <gmock/gmock.h>

#include <filesystem>
#include <memory>

#include "store/database.h"

namespace majlis::store {
namespace {

constexpr const char* kFrom = "cooks@lists.example.org";
constexpr const char* kTo = "bakers@lists.example.org";
constexpr UnixTime kNow = 1'800'000'000;

class Renaming : public ::testing::Test {
 protected:
  Renaming() {
    std::string pattern = (std::filesystem::temp_directory_path() / "majlis-renaming-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Renaming() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Writer> writer() const { return std::move(Writer::open(folder_, 10'000).value()); }
  static mail::Address address(const std::string& text) { return *mail::Address::parse(text); }
  static Member member(const std::string& text) { return {address(text), "", kMemberDigestMime, kNow, 0}; }

  // One row of each kind that belongs to a list.
  static void fill(Writer& state) {
    ASSERT_TRUE(state.begin_keyed_references(auth::new_reference_key()).ok());
    ASSERT_TRUE(state.complete_keyed_references(0).ok());
    for (const char* list : {kFrom, "cooks2@lists.example.org"}) {
      ASSERT_TRUE(state.add_member(list, member("ann@example.org")).ok());
      ASSERT_TRUE(state.add_member(list, member("bob@example.net")).ok());
      ASSERT_TRUE(state.mark_seen(list, "digest", kNow + 10).ok());
      ASSERT_TRUE(state.put_thread(list, "thread", kNow, kNow + 10).ok());
      ASSERT_TRUE(state.add_trace({kNow, list, "hold by=ann@example.org"}, kNow + 10).ok());
      ASSERT_TRUE(state.set_accepted_posts(list, address("ann@example.org"), 3).ok());
      BounceRecord bounces;
      bounces.address = "ann@example.org";
      bounces.score = 100;
      ASSERT_TRUE(state.put_bounces(list, address("ann@example.org"), bounces, kNow + 10).ok());
      ASSERT_TRUE(
          state.add_report_entry(list, {"bounce", "ann@example.org", 1, kNow, kNow, "5.1.1", "no"}, kNow + 10).ok());
      ASSERT_TRUE(state.add_ban(list, {"*@example.com", kNow, "majlis"}).ok());
      ASSERT_TRUE(state.set_pending_digest(list, {1, 2, 3, 4, 5, "1/1"}).ok());
      ASSERT_TRUE(state.set_archive_octets(list, "2026-11", 77).ok());
      PendingItem item;
      item.list = list;
      item.id = std::string(list) == kFrom ? "aaaa" : "bbbb";
      item.kind = "join";
      item.address = "eve@example.org";
      ASSERT_TRUE(state.put_pending(item).ok());
      DueItem due;
      due.kind = "digest";
      due.list = list;
      due.due = kNow - 5;
      due.value = "value";
      ASSERT_TRUE(state.schedule(due, kNow).ok());
      ASSERT_TRUE(state.set_fact("verp_posts " + std::string(list), 9).ok());
      ASSERT_TRUE(state.set_fact("verp_day " + std::string(list) + " 0 0", 8).ok());
    }
    ASSERT_TRUE(state.commit().ok());
  }

  // All that can be asked about a list.
  static std::string sight(const View& state, const std::string& list) {
    std::string text;
    const auto add = [&](const std::string& name, auto value) { text += name + "=" + std::to_string(value) + " "; };
    add("members", state.count_members(list).value());
    add("digests", state.count_digest_members(list).value());
    add("walked", state.walk_members(list, "", 100).value().members.size());
    add("seen", state.has_seen(list, "digest").value());
    add("thread", state.thread_begin(list, "thread").value().has_value());
    add("trace", state.trace(list, 10).value().size());
    add("accepted", state.accepted_posts(list, address("ann@example.org")).value());
    add("bounces", state.bounces_of(list, 10).value().size());
    add("report", state.report_entries(list, 10).value().size());
    add("bans", state.bans(list, Bans::all, 10).value().size());
    add("digest", state.pending_digest(list).value().posts);
    add("archive", state.archive_octets(list, "2026-11").value());
    add("pending", state.pending_items(list, 10).value().size());
    add("about", state.pending_about(list, "join", "eve@example.org", 10).value().size());
    add("item", state.find_due_item("digest", list, "").value().has_value());
    add("posts", state.fact("verp_posts " + list).value());
    add("day", state.fact("verp_day " + list + " 0 0").value());
    const References references = state.references().value();
    const auto reference = references.of(address("ann@example.org"));
    add("reference", state.members_by_reference(list, references.kind, reference, 10).value().size());
    return text;
  }

  std::string folder_;
};

TEST_F(Renaming, MovesAllThatIsKnownOfAListAndNothingOfAnother) {
  auto state = writer();
  fill(*state);
  const std::string before = sight(*state, kFrom);
  const std::string other = sight(*state, "cooks2@lists.example.org");
  const std::string nothing = sight(*state, "nobody@lists.example.org");
  EXPECT_EQ(before, other);
  EXPECT_EQ(before.find("=0"), std::string::npos) << before;
  const auto change = state->rename_list(kFrom, kTo);
  ASSERT_TRUE(change) << change.error().what;
  ASSERT_TRUE(state->commit().ok());
  EXPECT_EQ(sight(*state, kTo), before);
  EXPECT_EQ(sight(*state, kFrom), nothing);
  EXPECT_EQ(sight(*state, "cooks2@lists.example.org"), other);
}

TEST_F(Renaming, IndexesLeadToTheNewName) {
  auto state = writer();
  fill(*state);
  ASSERT_TRUE(state->rename_list(kFrom, kTo).ok());
  ASSERT_TRUE(state->commit().ok());
  EXPECT_THAT(state->lists_of(address("ann@example.org"), 10).value(),
              testing::ElementsAre(kTo, "cooks2@lists.example.org"));
  EXPECT_THAT(state->lists_with_pending("aaaa", 10).value(), testing::ElementsAre(kTo));
  EXPECT_EQ(state->find_pending(kTo, "aaaa").value()->list, kTo);
  const auto due = state->due_items("digest", kNow, 10).value();
  ASSERT_EQ(due.size(), 2U);
  EXPECT_EQ(due[0].list, kTo);
  EXPECT_EQ(due[0].value, "value");
}

// Two marks, a thread, a line of a trace, a record and an entry of each of the two lists.
TEST_F(Renaming, WhatIsForgottenInTimeIsForgottenUnderTheNewName) {
  auto state = writer();
  fill(*state);
  ASSERT_TRUE(state->rename_list(kFrom, kTo).ok());
  ASSERT_TRUE(state->commit().ok());
  EXPECT_EQ(state->forget_expired(kNow + 20, 100).value(), 10U);
  EXPECT_FALSE(state->has_seen(kTo, "digest").value());
  EXPECT_TRUE(state->bounces_of(kTo, 10).value().empty());
}

TEST_F(Renaming, TheChangeTellsTheListsOfOneNameApart) {
  auto state = writer();
  fill(*state);
  const ChangeNumber change = state->rename_list(kFrom, kTo).value();
  ASSERT_TRUE(state->commit().ok());
  EXPECT_EQ(state->removed_at(kFrom).value(), change);
  EXPECT_EQ(state->named_at(kTo).value(), change);
  EXPECT_EQ(state->removed_at(kTo).value(), 0U);
  EXPECT_EQ(state->change_number().value(), change);
}

TEST_F(Renaming, BeforeTheCommitNothingHasMoved) {
  {
    auto state = writer();
    fill(*state);
    ASSERT_TRUE(state->rename_list(kFrom, kTo).ok());
  }
  auto state = writer();
  EXPECT_EQ(state->count_members(kFrom).value(), 2U);
  EXPECT_EQ(state->count_members(kTo).value(), 0U);
}

}  // namespace
}  // namespace majlis::store
