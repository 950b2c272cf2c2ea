// Every letter with long but likely values: no sentence of ours is wider than a letter's line.
#include <gtest/gtest.h>

#include "base/text.h"
#include "base/wrap.h"
#include "lists/site/text/built_in_texts.h"
#include "lists/site/text/letter_lines.h"
#include "lists/site/text_table.h"

namespace majlis::lists {
namespace {

const std::string kList = "cuisine-du-monde-entier";
const std::string kHost = "@lists.cooking-club.example.org";
const std::string kToken = "3f9k2m7p4q8r5t6v.7x2y9z4a8b5c3d6e1f0g7h2j9k4m8n5p";

// What is put in where a text names it.
std::string value_of(std::string_view word) {
  if (word.ends_with("_lines") || word == "confirm_line") return "auth " + kToken + " subscribe \\\n" + kList;
  if (word.ends_with("address") || word == "server" || word == "requester" || word == "author") {
    return kList + "-approval" + kHost;
  }
  if (word == "token" || word == "subject_token") return kToken;
  if (word == "subject" || word == "reason")
    return "Soup for many people, bread for more of them and butter for all of us";
  if (word == "list") return kList;
  if (word == "message_id") return "<3f9k2m7p4q8r5t6v7x2y9z4a8b5c3d6e1f0g7h2j9k4m8n5p" + kHost + ">";
  if (word == "expires") return "2026-11-24 00:12 UTC";
  return "2000";
}

TextValues values_for(std::string_view text) {
  TextValues values;
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1)) {
    const std::string word(text.substr(at + 2, text.find('}', at) - at - 2));
    values[word] = value_of(word);
  }
  return values;
}

// One that cannot be broken, or must not be: a command that is to be sent back as it is, or a
// rule with a code in it.
bool may_be_wide(std::string_view line) {
  return trim(line).find(' ') == std::string_view::npos || line.starts_with("auth ") || line.starts_with('\t') ||
         line.starts_with("-----");
}

TEST(LetterWidth, NoSentenceIsWiderThanALine) {
  for (const char* language : {"en", "fr"}) {
    for (const TextRow& row : text_table()) {
      if (row.about == About::sentences) continue;
      std::string_view text = built_in_text(language, row.name);
      if (text.starts_with("Subject: ")) next_line(text);
      const std::string filled = fill_in_letter(text, values_for(text));
      std::string_view rest = filled;
      while (const auto line = next_line(rest)) {
        EXPECT_TRUE(may_be_wide(*line) || columns_of(*line) <= kLetterColumns)
            << language << ' ' << row.name << ": " << *line;
      }
    }
  }
}

}  // namespace
}  // namespace majlis::lists
