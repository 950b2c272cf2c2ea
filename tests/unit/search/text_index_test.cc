#include "search/text_index.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "base/file.h"
#include "search/match_text.h"

namespace majlis::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Texts : public testing::Test {
 protected:
  Texts() {
    std::array<char, 64> name{"/tmp/majlis-search-XXXXXX"};
    folder_ = mkdtemp(name.data());
  }
  ~Texts() override { std::filesystem::remove_all(folder_); }

  std::string path() const { return folder_ + "/search.db"; }
  void add(const std::vector<Document>& documents) const {
    TextIndex index = TextIndex::open_for_writing(path()).value();
    ASSERT_TRUE(index.begin().ok());
    for (const Document& document : documents) ASSERT_TRUE(index.add(document).ok());
    ASSERT_TRUE(index.set_mark("2026-11", {documents.size(), 1000}).ok());
    ASSERT_TRUE(index.commit().ok());
  }
  std::vector<std::int64_t> find(const Query& query, std::size_t max = 50) const {
    std::vector<std::int64_t> ids;
    const Hits hits = TextIndex::open(path()).value().find(query, max).value();
    for (const Hit& hit : hits.hits) ids.push_back(hit.id);
    return ids;
  }
  std::vector<std::int64_t> words(const std::string& words, Field field = Field::anywhere) const {
    return find({{{field, words}}, std::nullopt, std::nullopt});
  }
  void add_some() const {
    add({{1, 100, "Ann Lee <ann@example.org>", "Saffron", "Red rice, and butter."},
         {2, 200, "Zo\u00E9 <zoe@example.com>", "Cr\u00E8me br\u00FBl\u00E9e", "Rice is not red."},
         {3, 300, "Ann Lee <ann@example.org>", "Nothing", "NOT a word"}});
  }

  std::string folder_;
};

TEST_F(Texts, AreFoundByTheirWordsTheLatestFirst) {
  add_some();
  EXPECT_THAT(words("RICE"), ElementsAre(2, 1));
  EXPECT_THAT(words("red rice"), ElementsAre(1));
  EXPECT_THAT(words("creme"), ElementsAre(2));
  EXPECT_THAT(words("ann", Field::author), ElementsAre(3, 1));
  EXPECT_THAT(words("ann", Field::subject), IsEmpty());
  EXPECT_THAT(find({{{Field::anywhere, "rice"}, {Field::anywhere, "butter"}}, std::nullopt, std::nullopt}),
              ElementsAre(1));
  EXPECT_THAT(find({{{Field::anywhere, "rice"}}, 150, std::nullopt}), ElementsAre(2));
  EXPECT_THAT(find({{{Field::anywhere, "rice"}}, std::nullopt, 200}), ElementsAre(1));
  EXPECT_THAT(find({{}, 200, 301}), ElementsAre(3, 2));
  const Hits hits = TextIndex::open(path()).value().find({{}, std::nullopt, std::nullopt}, 2).value();
  EXPECT_TRUE(hits.are_more);
  EXPECT_EQ(hits.hits.front().subject, "Nothing");
}

TEST_F(Texts, WordsHaveNoOtherMeaning) {
  add_some();
  EXPECT_THAT(words("rice OR saffron"), IsEmpty());
  EXPECT_THAT(words("not a"), ElementsAre(3));
  EXPECT_THAT(words("ri*"), IsEmpty());
  EXPECT_THAT(words("subject : saffron"), IsEmpty());
  EXPECT_THAT(words("rice\" OR \"saffron"), IsEmpty());
  EXPECT_THAT(words("\u2014"), IsEmpty());
  EXPECT_THAT(words("(*"), IsEmpty());
  EXPECT_EQ(match_text({{Field::author, "a\"b\n"}, {Field::anywhere, "--"}}), "author : \"a b \"");
}

TEST_F(Texts, WhatWasNotCommittedDoesNotCount) {
  add_some();
  {
    TextIndex index = TextIndex::open_for_writing(path()).value();
    ASSERT_TRUE(index.begin().ok());
    ASSERT_TRUE(index.add({4, 400, "Dora", "Saffron", ""}).ok());
    EXPECT_THAT(words("saffron"), ElementsAre(1));
    const Result<TextIndex> other = TextIndex::open_for_writing(path());
    EXPECT_EQ(TextIndex::open(path()).value().documents().value(), 3U);
  }
  EXPECT_THAT(words("saffron"), ElementsAre(1));
  const Mark mark = TextIndex::open(path()).value().mark("2026-11").value();
  EXPECT_EQ(mark.documents, 3U);
  EXPECT_EQ(mark.octets, 1000U);
  EXPECT_EQ(TextIndex::open(path()).value().mark("2026-10").value().documents, 0U);
}

TEST_F(Texts, SaysOfAFileWhatIsWrongWithIt) {
  EXPECT_EQ(TextIndex::open(path()).error().kind, ErrorKind::missing);
  ASSERT_TRUE(replace_file(path(), "This is no database.", 0600).ok());
  EXPECT_EQ(TextIndex::open(path()).error().kind, ErrorKind::damaged);
  EXPECT_EQ(TextIndex::open_for_writing(path()).error().kind, ErrorKind::damaged);
  ASSERT_TRUE(TextIndex::remove(path()).ok());
  add_some();
  struct stat status {};
  ASSERT_EQ(stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(list_directory(folder_).value().size(), 1U);
  std::string bytes = read_file(path(), 10'000'000).value();
  for (std::size_t at = 4096; at < bytes.size(); ++at) bytes[at] = 'x';
  ASSERT_TRUE(replace_file(path(), bytes, 0600).ok());
  const Result<TextIndex> index = TextIndex::open(path());
  EXPECT_EQ(index ? index->find({{{Field::anywhere, "rice"}}, {}, {}}, 50).error().kind : index.error().kind,
            ErrorKind::damaged);
}

TEST_F(Texts, CutAtAnyPageAreDamagedOrFindNothingWrong) {
  add_some();
  const std::string whole = read_file(path(), 10'000'000).value();
  for (std::size_t octets = 0; octets < whole.size(); octets += 1000) {
    ASSERT_TRUE(replace_file(path(), whole.substr(0, octets), 0600).ok());
    const Result<TextIndex> index = TextIndex::open(path());
    if (!index) continue;
    const Result<Hits> hits = index->find({{{Field::anywhere, "rice"}}, {}, {}}, 50);
    EXPECT_FALSE(hits.ok()) << octets;
  }
}

}  // namespace
}  // namespace majlis::search
