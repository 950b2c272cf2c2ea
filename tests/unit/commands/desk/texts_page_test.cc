// doc/TEXTS.md and the tables of texts and sentences are compared both ways.
#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "base/text.h"
#include "commands/desk/reply_table.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/reasons.h"
#include "lists/site/text_table.h"

namespace majlis::commands {
namespace {

using Lines = std::set<std::string>;

constexpr std::string_view kRowMark = "| `";

std::string in_code(std::string_view words) {
  std::string shown;
  for (const std::string_view word : split_words(words))
    shown.append(shown.empty() ? "`" : " `").append(word).append("`");
  return shown;
}

std::string words_of(const lists::TextRow& row) {
  switch (row.about) {
    case lists::About::sentences: return "*each sentence its own*";
    case lists::About::nothing: return in_code(row.words);
    case lists::About::list: return std::string(trim("*list* " + in_code(row.words)));
  }
  return {};
}

Lines rows_of_the_tables() {
  Lines rows;
  for (const lists::TextRow& row : lists::text_table()) {
    rows.insert("| `" + std::string(row.name) + "` | " + std::string(row.reader) + " | " + words_of(row) + " | " +
                in_code(row.needs) + " |");
  }
  for (const lists::FaultRow& row : lists::fault_table()) {
    rows.insert("| `" + std::string(row.word) + "` | " + in_code(row.values) + " |");
  }
  for (const lists::ReasonRow& row : lists::reason_table()) {
    rows.insert("| `" + std::string(row.word) + "` | " + in_code(row.values) + " |");
  }
  for (const ReplyRow& row : reply_table()) {
    rows.insert("| `" + std::string(row.id) + "` | " + in_code(row.words) + " |");
  }
  return rows;
}

TEST(TextsPage, HasARowForEveryTextAndSentenceAndNoOther) {
  const Result<std::string> page = read_file(MAJLIS_SOURCE_DIR "/doc/TEXTS.md", 1'000'000);
  ASSERT_TRUE(page.ok()) << page.error().what;
  Lines rows;
  std::string_view rest = *page;
  while (const auto line = next_line(rest)) {
    if (!line->starts_with(kRowMark)) continue;
    EXPECT_TRUE(rows.emplace(*line).second) << *line;
  }
  EXPECT_EQ(rows, rows_of_the_tables());
}

TEST(TextsPage, NamesTheWordsOfEveryLetterAboutAList) {
  const Result<std::string> page = read_file(MAJLIS_SOURCE_DIR "/doc/TEXTS.md", 1'000'000);
  ASSERT_TRUE(page.ok()) << page.error().what;
  for (const std::string_view word : split_words(lists::kListWords)) {
    EXPECT_NE(page->find("`" + std::string(word) + "`"), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace majlis::commands
