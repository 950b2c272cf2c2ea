#include "lists/posts/archive/search_index.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/rounds/timed_work.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UnixTime kNow = 1'795'478'400;  // 2026-11-24T00:00:00Z
constexpr UnixTime kMonth = 30 * 24 * 3600;
constexpr UnixTime kDelay = 5 * 60;

class ArchiveSearch : public ScratchList {
 protected:
  ArchiveSearch() { make_list("cooks", "description = x\n"); }

  void post(const std::string& subject, UnixTime now, const std::string& body = "Rice.\n") {
    Work work = Work::begin(*site_, std::string(12, 'p') + std::to_string(1000 + ++posts_), now).value();
    const std::string message = "From: Ann <ann@example.org>\nSubject: " + subject + "\nMessage-ID: <" +
                                std::to_string(posts_) + "@example.org>\n\n" + body;
    ASSERT_TRUE(work.archive(list("cooks"), message, "ann@example.org").ok());
    ASSERT_TRUE(schedule_archive_index(work, list("cooks"), year_month(now)).ok());
    ASSERT_TRUE(work.finish("accept").ok());
  }
  void wish(const std::function<Status(Work&)>& wish) const {
    Work work = Work::begin(*site_, std::string(16, 'd'), kNow + kMonth).value();
    ASSERT_TRUE(wish(work).ok());
    ASSERT_TRUE(work.finish("done").ok());
  }
  void run(UnixTime now) const { do_timed_work(*site_, timed_work_table(), now, {}); }
  std::string path(const std::string& name) const { return list("cooks").directory() + "/archive/" + name; }
  ArchiveOrder order() const { return archive_order(*reader(), list("cooks")).value(); }
  Result<FoundPosts> search(const std::string& words) const {
    return search_archive(list("cooks"), order(), {{{search::Field::anywhere, words}}, {}, {}}, 50);
  }
  std::vector<std::uint64_t> found(const std::string& words) const {
    std::vector<std::uint64_t> numbers;
    const FoundPosts posts = search(words).value();
    for (const FoundPost& post : posts.posts) numbers.push_back(post.number);
    return numbers;
  }
  std::vector<std::string> subjects_of(std::vector<std::uint64_t> numbers) const {
    std::vector<std::string> subjects;
    const ArchiveOrder known = order();
    const std::vector<ArchivedPost> posts = find_archived(list("cooks"), known, numbers).value();
    for (const ArchivedPost& post : posts) {
      subjects.push_back(std::to_string(post.number) + " " + post.subject);
    }
    return subjects;
  }
  // Two posts in November, two in December.
  void fill() {
    post("Salt", kNow);
    post("Rice", kNow, "\nFrom here on it boils.\n");
    run(kNow + kDelay);
    post("Peas", kNow + kMonth);
    post("Rice", kNow + kMonth, "<3@example.org>\n");
    run(kNow + kMonth + kDelay);
  }

  int posts_ = 0;
};

TEST_F(ArchiveSearch, NumbersGoOnThroughTheMonths) {
  fill();
  EXPECT_EQ(order().posts, 4U);
  EXPECT_EQ(order().incomplete, "");
  EXPECT_THAT(subjects_of({1, 3, 4, 5}), ElementsAre("1 Salt", "3 Peas", "4 Rice"));
  const ArchivedPost second = find_archived(list("cooks"), order(), std::vector<std::uint64_t>{2}).value().front();
  const std::string message = read_archived_post(list("cooks"), second, 10'000).value();
  EXPECT_EQ(message,
            "From: Ann <ann@example.org>\nSubject: Rice\nMessage-ID: <2@example.org>\n\n\nFrom here on it boils.\n");
  EXPECT_EQ(read_archived_post(list("cooks"), second, 10).error().kind, ErrorKind::refused);
}

TEST_F(ArchiveSearch, NoNumberIsKnownBehindAnIndexThatIsNotWhole) {
  fill();
  post("Late", kNow + kMonth);
  EXPECT_EQ(order().incomplete, "2026-12");
  EXPECT_EQ(order().posts, 4U);
  ASSERT_EQ(unlink(path("2026-11.idx").c_str()), 0);
  EXPECT_EQ(order().incomplete, "2026-11");
  EXPECT_EQ(order().posts, 0U);
}

TEST_F(ArchiveSearch, PostsAreFoundByTheirMessageId) {
  fill();
  const std::vector<std::string> ids = {"<4@example.org>", "<9@example.org>", "", "<1@example.org>"};
  const auto posts = find_archived_ids(list("cooks"), order(), ids).value();
  ASSERT_TRUE(posts[0] && posts[3]);
  EXPECT_EQ(posts[0]->number, 4U);
  EXPECT_FALSE(posts[1] || posts[2]);
  EXPECT_EQ(posts[3]->number, 1U);
}

TEST_F(ArchiveSearch, FindsWhatTheIndexesHave) {
  EXPECT_EQ(search("rice").error().kind, ErrorKind::missing);
  fill();
  EXPECT_THAT(found("rice"), ElementsAre(4, 3, 2, 1));
  EXPECT_THAT(found("boils"), ElementsAre(2));
  EXPECT_TRUE(search("rice").value().is_whole);
  post("Late", kNow + kMonth);
  EXPECT_FALSE(search("rice").value().is_whole);
  run(kNow + kMonth + 2 * kDelay);
  EXPECT_THAT(found("late"), ElementsAre(5));
  EXPECT_FALSE(reader()->find_due_item(kSearchIndex, kCooks, "").value());
}

TEST_F(ArchiveSearch, ADamagedFileIsMadeAnew) {
  fill();
  ASSERT_TRUE(replace_file(path("search.db"), "This is no database.", 0600).ok());
  EXPECT_EQ(search("rice").error().kind, ErrorKind::damaged);
  wish([&](Work& work) { return schedule_search_index(work, list("cooks"), /*is_damaged=*/true); });
  run(kNow + kMonth);  // takes it away
  run(kNow + kMonth);
  EXPECT_THAT(found("boils"), ElementsAre(2));
}

TEST_F(ArchiveSearch, AnArchiveThatWasReplacedIsReadAnew) {
  fill();
  ASSERT_TRUE(replace_file(path("2026-11.mbox"),
                           "From ann@example.org Tue Nov 24 00:01:00 2026\nSubject: Other\n\nOil.\n\n", 0600)
                  .ok());
  ASSERT_EQ(unlink(path("2026-11.idx").c_str()), 0);
  wish([&](Work& work) { return schedule_archive_index(work, list("cooks"), "2026-11"); });
  run(kNow + kMonth + 2 * kDelay);
  run(kNow + kMonth + 2 * kDelay);
  EXPECT_THAT(found("boils"), IsEmpty());
  EXPECT_THAT(found("oil"), ElementsAre(1));
  EXPECT_THAT(found("peas"), ElementsAre(2));
}

}  // namespace
}  // namespace majlis::lists
