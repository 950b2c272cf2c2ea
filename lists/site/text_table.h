#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace majlis::lists {

constexpr std::size_t kMaxOwnTextOctets = 64 * 1024;  // of a site's own; a longer one is not read

// What a text is about, and so which ${words} it has besides its own.
enum class About {
  list,       // kListWords
  nothing,    // none
  sentences,  // it holds sentences (sentences.h), each with words of its own
};
constexpr std::string_view kListWords = "list list_address owner_address request_address unsubscribe_address";

// One text of lists/site/text/. The table tells doc/TEXTS.md, and `majlis check` what may stand in a site's own.
struct TextRow {
  std::string_view name;
  std::string_view reader;  // who gets it; of a part: where it is put in
  std::string_view words;   // the ${words} it may use, with blanks between them
  About about;
  std::string_view needs = "";  // one of these has to stand in it: without it nobody could answer
};
std::span<const TextRow> text_table();  // sorted by name
const TextRow* find_text(std::string_view name);

// What is wrong with a site's own text, for people; "" nothing. Of texts whose lines have words of their own those are
// not looked at.
std::string fault_in(const TextRow& row, std::string_view text);

// The first ${word} in `text` that is none of `words`; "" when there is none.
std::string unknown_word_in(std::string_view text, std::string_view words);

bool has_what_it_needs(const TextRow& row, std::string_view text);

}  // namespace majlis::lists
