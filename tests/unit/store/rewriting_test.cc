// The database written anew.
#include "base/file.h"
#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

constexpr const char* kCarl = "carl@mail.example.com";
constexpr int kTimeout_ms = 60'000;

class Rewriting : public ScratchSite {
 protected:
  void add(const char* address, const char* name) const {
    auto site = writer();
    got(site->add_member(kCooks, Member{*mail::Address::parse(address), name, 0, 0, 0}));
    ASSERT_TRUE(site->commit().ok());
  }
  void remove(const char* address) const {
    auto site = writer();
    ASSERT_TRUE(got(site->remove_member(kCooks, *mail::Address::parse(address))));
    ASSERT_TRUE(site->commit().ok());
  }
  // Of the tree and of the log.
  std::string all_octets() const {
    std::string all;
    for (const std::string& name : got(list_directory(path("")))) all += got(read_file(path(name), 1'000'000'000));
    return all;
  }
};

TEST_F(Rewriting, LeavesNoOctetOfWhatWasRemovedAndEverythingElse) {
  for (int i = 0; i < 300; ++i) add(numbered(i).text().c_str(), "");
  add(kCarl, "Carl Quillfeather");
  remove(kCarl);
  ASSERT_NE(all_octets().find("Quillfeather"), std::string::npos) << "a removed row leaves its octets";
  ASSERT_TRUE(rewrite_database(path(""), kTimeout_ms).ok());
  EXPECT_EQ(all_octets().find("Quillfeather"), std::string::npos);
  EXPECT_EQ(got(reader()->count_members(kCooks)), 300U);
  for (int i = 0; i < 300; ++i) EXPECT_TRUE(got(reader()->find_member(kCooks, numbered(i)))) << i;
  add("ann@example.org", "");
  EXPECT_EQ(got(reader()->count_members(kCooks)), 301U);
}

TEST_F(Rewriting, WhatAKilledOneLeftIsOverwritten) {
  add("ann@example.org", "");
  ASSERT_TRUE(replace_file(path("site.db.new"), "half a file", 0600).ok());
  ASSERT_TRUE(rewrite_database(path(""), kTimeout_ms).ok());
  EXPECT_FALSE(path_exists(path("site.db.new")));
  EXPECT_EQ(got(reader()->count_members(kCooks)), 1U);
}

// As a kill between the rename and the removal of the log leaves it.
TEST_F(Rewriting, TheNewFileGoesWithTheOldLog) {
  add("ann@example.org", "");
  std::vector<std::pair<std::string, std::string>> log;
  for (const std::string& name : got(list_directory(path("")))) {
    if (name.starts_with("log.")) log.emplace_back(name, got(read_file(path(name), 1'000'000)));
  }
  ASSERT_TRUE(rewrite_database(path(""), kTimeout_ms).ok());
  for (const auto& [name, octets] : log) ASSERT_TRUE(replace_file(path(name), octets, 0600).ok());
  ASSERT_TRUE(replace_file(path("env.lock"), "dirty ", 0600).ok());
  EXPECT_EQ(got(reader()->count_members(kCooks)), 1U);
  add("bob@example.org", "");
  EXPECT_EQ(got(reader()->count_members(kCooks)), 2U);
}

Erasure erasure_of(const char* address) {
  const std::string text = address;
  const auto without = [text](std::string_view words) {
    std::string changed(words);
    for (std::size_t at = changed.find(text); at != std::string::npos; at = changed.find(text)) {
      changed.replace(at, text.size(), "erased");
    }
    return changed;
  };
  return {.address = *mail::Address::parse(address),
          .ban = "erased:1234",
          .is_in = [text](std::string_view words) { return words.find(text) != std::string_view::npos; },
          .without = without,
          .details = [without](const PendingItem& item) { return without(item.details); }};
}

TEST_F(Rewriting, AnErasedPersonIsInNoRow) {
  const auto carl = *mail::Address::parse(kCarl);
  const auto ann = *mail::Address::parse("ann@example.org");
  add(kCarl, "Carl");
  add("ann@example.org", "of carl@mail.example.com");
  {
    auto site = writer();
    ASSERT_TRUE(site->put_consent(kCooks, carl, {1, "aa", kCarl}).ok());
    ASSERT_TRUE(site->put_consent(kCooks, ann, {1, "bb", "ann@example.org", 2, kCarl}).ok());
    ASSERT_TRUE(site->put_personal_password(carl, {"$hash", 1}).ok());
    ASSERT_TRUE(site->add_trace({5, kCarl, "joined"}, 1'000).ok());
    ASSERT_TRUE(site->add_trace({5, "<1@x>", std::string("from=") + kCarl}, 1'000).ok());
    ASSERT_TRUE(site->count(std::string("letters:") + kCarl, 5, 10).ok());
    ASSERT_TRUE(site->mark_seen(kCooks, std::string("probe:1:") + kCarl, 1'000).ok());
    got(site->add_ban(kCooks, {kCarl, 7, "majlis"}));
    got(site->add_ban(kCooks, {"*@example.info", 7, kCarl}));
    ASSERT_TRUE(site->put_pending({kCooks, "aaaa", "post", kCarl, kCarl, "", 1, 2, "by carl@mail.example.com"}).ok());
    ASSERT_TRUE(site->put_pending({kCooks, "bbbb", "join", kCarl, kCarl, "", 1, 2, ""}).ok());
    DueItem item;
    item.kind = "bounce_letter";
    item.list = kCooks;
    item.id = kCarl;
    ASSERT_TRUE(site->schedule(item, 1).ok());
    ASSERT_TRUE(site->commit().ok());
  }
  {
    auto site = writer();
    const ErasedRows rows = got(site->erase_person(erasure_of(kCarl)));
    EXPECT_EQ(rows.at("member"), 1U);
    EXPECT_EQ(rows.at("ban"), 2U);
    EXPECT_EQ(rows.at("pending"), 2U);
    ASSERT_TRUE(site->commit().ok());
  }
  ASSERT_TRUE(rewrite_database(path(""), kTimeout_ms).ok());
  EXPECT_EQ(all_octets().find(kCarl), std::string::npos);
  EXPECT_EQ(all_octets().find(std::string("com.example.mail\0\1carl", 22)), std::string::npos);
  auto site = reader();
  EXPECT_EQ(got(site->count_members(kCooks)), 1U);
  EXPECT_EQ(got(site->find_member(kCooks, ann))->display, "of erased");
  EXPECT_EQ(got(site->find_consent(kCooks, ann))->approved_by, "erased");
  EXPECT_EQ(got(site->trace("<1@x>", 10)).at(0).text, "from=erased");
  EXPECT_EQ(got(site->find_ban(kCooks, "erased:1234"))->since, 7);
  EXPECT_EQ(got(site->find_ban(kCooks, "*@example.info"))->by, "erased");
  const auto post = got(site->find_pending(kCooks, "aaaa"));
  ASSERT_TRUE(post);
  EXPECT_EQ(post->address, "");
  EXPECT_EQ(post->details, "by erased");
  EXPECT_FALSE(got(site->find_pending(kCooks, "bbbb")));
  EXPECT_FALSE(got(site->find_due_item("bounce_letter", kCooks, kCarl)));
}

TEST_F(Rewriting, WhoIsNotThereTakesNothingAway) {
  add("ann@example.org", "");
  auto site = writer();
  EXPECT_TRUE(got(site->erase_person(erasure_of(kCarl))).empty());
  EXPECT_EQ(got(site->count_members(kCooks)), 1U);
}

}  // namespace
}  // namespace majlis::store
