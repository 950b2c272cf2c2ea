#pragma once

#include <span>
#include <string_view>

namespace majlis::lists {

// The files under lists/site/text/, made into a table by cmake/built_in_texts.cmake.
struct BuiltInText {
  std::string_view language;
  std::string_view name;
  std::string_view content;
};

std::span<const BuiltInText> built_in_texts();

// The sentences of those texts that hold sentences, sorted by language, text and id.
struct BuiltInSentence {
  std::string_view language;
  std::string_view text;
  std::string_view id;
  std::string_view words;
};

std::span<const BuiltInSentence> built_in_sentences();

// The text as built in; empty when there is none in that language.
std::string_view built_in_text(std::string_view language, std::string_view name);
// The built-in sentence as it is in the file; "" when there is none.
std::string_view built_in_sentence(std::string_view language, std::string_view text, std::string_view id);

}  // namespace majlis::lists
