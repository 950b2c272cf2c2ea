// The sentences a verb may answer with: those of the table, of the code and of the texts are the same.
#include "commands/desk/reply_table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "lists/site/sentences.h"
#include "lists/site/text/built_in_texts.h"
#include "tests/unit/lists/site/sentence_words.h"

namespace majlis::commands {
namespace {

using Names = std::set<std::string>;

constexpr std::string_view kOne = ".one";

Names words_of(const ReplyRow& row) {
  Names names;
  for (const std::string_view word : split_words(row.words)) names.emplace(word);
  return names;
}

TEST(ReplyTable, EveryLanguageHasEverySentenceAndNoOther) {
  Names ids;
  for (const ReplyRow& row : reply_table()) EXPECT_TRUE(ids.emplace(row.id).second) << row.id;
  for (const char* language : {"en", "fr"}) {
    Names found;
    for (const lists::Sentence& sentence : lists::parse_sentences(lists::built_in_text(language, kRepliesText))) {
      if (sentence.id.ends_with(kOne)) continue;
      EXPECT_TRUE(found.emplace(sentence.id).second) << sentence.id;
    }
    EXPECT_EQ(found, ids) << language;
  }
}

// In every form and language: who translates must not lose a word, nor write one that nothing is put in for.
TEST(ReplyTable, EverySentenceHasTheWordsOfItsRow) {
  for (const ReplyRow& row : reply_table()) {
    for (const char* language : {"en", "fr"}) {
      const std::string one = std::string(row.id).append(kOne);
      EXPECT_EQ(lists::words_in(lists::built_in_sentence(language, kRepliesText, row.id)), words_of(row))
          << language << " " << row.id;
      const std::string_view singular = lists::built_in_sentence(language, kRepliesText, one);
      EXPECT_EQ(singular.empty(), lists::built_in_sentence("en", kRepliesText, one).empty())
          << language << " " << row.id;
      if (singular.empty()) continue;
      EXPECT_EQ(lists::words_in(singular), words_of(row)) << language << " " << row.id;
    }
  }
}

TEST(ReplyTable, TheCodeUsesEverySentence) {
  std::string code;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(MAJLIS_SOURCE_DIR "/commands")) {
    const std::string path = entry.path().string();
    if (entry.path().extension() != ".cc" || path.ends_with("reply_table.cc")) continue;
    Result<std::string> source = read_file(path, 1'000'000);
    ASSERT_TRUE(source.ok()) << path;
    code += *source;
  }
  Names used;
  constexpr std::string_view kPrefix = "Reply::";
  for (std::size_t at = code.find(kPrefix); at != std::string::npos; at = code.find(kPrefix, at + 1)) {
    const std::size_t begin = at + kPrefix.size();
    used.insert(code.substr(begin, code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", begin) - begin));
  }
  for (const ReplyRow& row : reply_table()) EXPECT_TRUE(used.contains(std::string(row.id))) << row.id;
}

}  // namespace
}  // namespace majlis::commands
