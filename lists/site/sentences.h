#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lists/site/texts.h"

namespace majlis::lists {

// Some texts ("replies", "reasons") hold sentences, one a line, "ID = SENTENCE" with one blank on each side of the '=';
// what stands in lines that begin with two blanks goes on in a new line; '#' begins a comment. "ID.one" is the sentence
// for one (in French for none as well), where ${count} tells how many.
struct Sentence {
  std::string_view id;  // with ".one"
  std::string words;
  std::size_t line;  // where it begins, counted from 1
};
// Lines that are none of these are left out. Pure; views into `text`.
std::vector<Sentence> parse_sentences(std::string_view text);

// Whether `count` things are spoken of as one.
bool is_singular(std::string_view language, std::string_view count);

// The sentences of one text: the site's own first, read when the first sentence of a language is asked for.
class Sentences {
 public:
  Sentences(const Site& site, std::string_view text) : site_(&site), text_(text) {}

  // The sentence of that id with its values; in English where the language has none.
  std::string say(std::string_view language, std::string_view id, const TextValues& values);

 private:
  using Own = std::map<std::string, std::string, std::less<>>;
  std::string_view find(std::string_view language, std::string_view id);
  const Own& own_of(std::string_view language);

  const Site* site_;
  std::string_view text_;
  std::map<std::string, Own, std::less<>> own_;  // by language
};

}  // namespace majlis::lists
