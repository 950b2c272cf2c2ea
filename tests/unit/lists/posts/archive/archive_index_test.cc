#include "lists/posts/archive/archive_index.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "lists/posts/archive/list_files.h"
#include "lists/rounds/timed_work.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr UnixTime kNow = 1'795'478'400;  // 2026-11-24T00:00:00Z
constexpr UnixTime kMinute = 60;
constexpr std::uint64_t kAll = UINT64_MAX;

class ArchiveIndex : public ScratchList {
 protected:
  ArchiveIndex() { make_list("cooks", "description = x\n"); }

  void post(const std::string& subject, UnixTime now, const std::string& body = "Rice.\n") {
    Work work = Work::begin(*site_, std::string(12, 'p') + std::to_string(1000 + ++posts_), now).value();
    const std::string message = "From: Ann <ann@example.org>\nSubject: " + subject + "\nMessage-ID: <" +
                                std::to_string(posts_) + "@example.org>\n\n" + body;
    ASSERT_TRUE(work.archive(list("cooks"), message, "ann@example.org").ok());
    ASSERT_TRUE(schedule_archive_index(work, list("cooks"), year_month(now)).ok());
    ASSERT_TRUE(work.finish("accept").ok());
  }
  void run(UnixTime now) const { do_timed_work(*site_, timed_work_table(), now, {}); }
  std::string path(const std::string& name) const { return list("cooks").directory() + "/archive/" + name; }
  std::string index(const std::string& month = "2026-11") const {
    const Result<std::string> text = read_file(path(month + ".idx"), 100'000'000);
    return text ? *text : "none";
  }
  static std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::string_view rest = text;
    while (const auto line = next_line(rest)) lines.emplace_back(*line);
    return lines;
  }
  std::uint64_t committed() const { return reader()->archive_octets(kCooks, "2026-11").value(); }

  int posts_ = 0;
};

TEST_F(ArchiveIndex, HasALineForEachPostAFewMinutesLater) {
  post("Salt", kNow);
  post("=?UTF-8?Q?P=C3=A2t=C3=A9?=", kNow + kMinute, "From here\n");
  run(kNow + 4 * kMinute);
  EXPECT_EQ(index(), "none");
  run(kNow + 5 * kMinute);
  const std::vector<std::string> lines = lines_of(index());
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_THAT(lines[0], StartsWith("majlis-archive-index 1 "));
  EXPECT_EQ(lines[1].substr(0, lines[1].rfind('\t')),
            "1\t2026-11-24T00:00:00Z\tAnn <ann@example.org>\tSalt\t<1@example.org>\t0");
  EXPECT_THAT(lines[2], StartsWith("2\t2026-11-24T00:01:00Z\tAnn <ann@example.org>\tP\xC3\xA2t\xC3\xA9\t"));
  const auto fields = split_at(lines[2], '\t');
  const std::uint64_t offset = *parse_number(fields[5]);
  const std::uint64_t octets = *parse_number(fields[6]);
  EXPECT_EQ(offset + octets, committed());
  const std::string mbox = read_file(path("2026-11.mbox"), 1'000'000).value();
  EXPECT_THAT(mbox.substr(offset, octets), StartsWith("From ann@example.org Tue Nov 24 00:01:00 2026\n"));
  EXPECT_THAT(mbox.substr(offset, octets), EndsWith("\n>From here\n\n"));
}

TEST_F(ArchiveIndex, GrowsByWhatCame) {
  post("a", kNow);
  run(kNow + 5 * kMinute);
  const std::string before = index();
  post("b", kNow + 10 * kMinute);
  run(kNow + 15 * kMinute);
  EXPECT_THAT(index(), HasSubstr(before.substr(before.find('\n'))));
  EXPECT_EQ(lines_of(index()).size(), 3U);
  EXPECT_FALSE(reader()->find_due_item(kArchiveIndex, kCooks, "2026-11").value());
}

TEST_F(ArchiveIndex, IsMadeAnewWhenItIsDamagedOrSaysTooMuch) {
  for (const std::string subject : {"a", "b", "c"}) post(subject, kNow);
  run(kNow + 5 * kMinute);
  const std::string whole = index();
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{25}, std::size_t{37}, std::size_t{50}, std::size_t{60}, whole.size() - 2}) {
    std::string damaged = whole;
    damaged[at] = damaged[at] == '7' ? '8' : '7';
    for (const std::string& bytes : {damaged, whole.substr(0, at), std::string()}) {
      ASSERT_TRUE(replace_file(path("2026-11.idx"), bytes, 0600).ok());
      ASSERT_TRUE(extend_index(path("2026-11.mbox"), path("2026-11.idx"), committed(), kAll).ok());
      EXPECT_EQ(index(), whole) << at;
    }
  }
  const std::vector<std::string> lines = lines_of(whole);
  const std::uint64_t two = *parse_number(split_at(lines[3], '\t')[5]);
  const std::uint64_t one = *parse_number(split_at(lines[2], '\t')[5]);
  for (const auto& [octets, posts] : {std::pair(two, 2U), std::pair(one, 1U)}) {
    ASSERT_TRUE(extend_index(path("2026-11.mbox"), path("2026-11.idx"), octets, kAll).ok());
    EXPECT_EQ(lines_of(index()).size(), posts + 1);
  }
}

// A run that was killed before its commit is done again.
TEST_F(ArchiveIndex, MadeTwiceIsTheSame) {
  post("a", kNow);
  run(kNow + 5 * kMinute);
  const std::string once = index();
  ASSERT_TRUE(replace_file(path("2026-11.idx.new"), std::string(5'000, 'x'), 0600).ok());
  ASSERT_TRUE(extend_index(path("2026-11.mbox"), path("2026-11.idx"), committed(), kAll).ok());
  EXPECT_EQ(index(), once);
  EXPECT_FALSE(path_exists(path("2026-11.idx.new")));
}

TEST_F(ArchiveIndex, CountsOnlyWhatIsCommitted) {
  post("a", kNow);
  Result<FileAppend> torn = FileAppend::open(path("2026-11.mbox"), committed());
  ASSERT_TRUE(torn.ok());
  torn->put("From x Tue Nov 24 00:00:00 2026\nSubject: torn\n\n");
  ASSERT_TRUE(torn->finish().ok());
  run(kNow + 5 * kMinute);
  EXPECT_THAT(index(), Not(HasSubstr("torn")));
}

TEST_F(ArchiveIndex, OfAnMboxThatWasCutHoldsWhatIsLeft) {
  post("a", kNow);
  const std::uint64_t first = committed();
  post("b", kNow);
  std::filesystem::resize_file(path("2026-11.mbox"), first);
  run(kNow + 5 * kMinute);
  EXPECT_EQ(lines_of(index()).size(), 2U);
  EXPECT_FALSE(reader()->find_due_item(kArchiveIndex, kCooks, "2026-11").value());
  std::filesystem::remove(path("2026-11.mbox"));
  post("c", kNow + 10 * kMinute);
  std::filesystem::remove(path("2026-11.mbox"));
  run(kNow + 15 * kMinute);
  EXPECT_FALSE(reader()->find_due_item(kArchiveIndex, kCooks, "2026-11").value());
}

TEST_F(ArchiveIndex, IsMadePieceByPieceOfALargeFile) {
  for (int i = 0; i < 20; ++i) post("s" + std::to_string(i), kNow, std::string(500, 'x') + "\n");
  const std::string mbox = path("2026-11.mbox");
  const std::string pieces = path("2026-11.idx");
  int steps = 0;
  for (bool is_complete = false; !is_complete; ++steps) {
    const Result<IndexState> state = extend_index(mbox, pieces, committed(), 2'000);
    ASSERT_TRUE(state.ok());
    is_complete = state->is_complete;
    EXPECT_EQ(lines_of(index()).size(), state->head.posts + 1);
  }
  EXPECT_EQ(steps, 5);  // 20 posts, four each time
  ASSERT_TRUE(extend_index(mbox, path("whole"), committed(), kAll).ok());
  EXPECT_EQ(index(), read_file(path("whole"), 1'000'000).value());
}

TEST_F(ArchiveIndex, OfFormerMonthsFollows) {
  constexpr UnixTime kMonth = 31 * 24 * 3600;
  post("October", kNow - kMonth);
  post("September", kNow - 2 * kMonth);
  {
    auto state = writer();
    for (const char* month : {"2026-10", "2026-09"}) ASSERT_TRUE(state->unschedule(kArchiveIndex, kCooks, month).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  post("November", kNow);
  for (int minute = 5; minute < 8; ++minute) run(kNow + minute * kMinute);
  EXPECT_THAT(index("2026-11"), HasSubstr("\tNovember\t"));
  EXPECT_THAT(index("2026-10"), HasSubstr("\tOctober\t"));
  EXPECT_THAT(index("2026-09"), HasSubstr("\tSeptember\t"));
}

TEST_F(ArchiveIndex, FieldsHaveNoTabsAndNoControls) {
  post("a\tb \x1B[31m \xFF", kNow);
  run(kNow + 5 * kMinute);
  EXPECT_EQ(split_at(lines_of(index())[1], '\t').size(), 7U);
  EXPECT_EQ(index().find('\x1B'), std::string::npos);
  EXPECT_TRUE(is_valid_utf8(index()));
}

TEST_F(ArchiveIndex, IsAFileThatMayBeAskedFor) {
  post("a", kNow);
  EXPECT_FALSE(find_list_file(*reader(), list("cooks"), "2026-11.idx").value());
  EXPECT_FALSE(find_list_file(*reader(), list("cooks"), "2026-11").value()->posts);
  run(kNow + 5 * kMinute);
  const auto file = find_list_file(*reader(), list("cooks"), "2026-11.idx").value();
  ASSERT_TRUE(file);
  EXPECT_EQ(read_list_file(*file).value(), index());
  EXPECT_EQ(find_list_file(*reader(), list("cooks"), "2026-11").value()->posts, 1U);
  const auto files = files_of(*reader(), list("cooks")).value();
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].name, "2026-11");
}

}  // namespace
}  // namespace majlis::lists
