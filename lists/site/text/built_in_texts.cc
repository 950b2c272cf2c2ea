#include "lists/site/text/built_in_texts.h"

#include <algorithm>

namespace majlis::lists {
std::string_view built_in_text(std::string_view language, std::string_view name) {
  for (const BuiltInText& text : built_in_texts()) {
    if (text.language == language && text.name == name) return text.content;
  }
  return {};
}

std::string_view built_in_sentence(std::string_view language, std::string_view text, std::string_view id) {
  for (const BuiltInSentences& sentences : built_in_sentences()) {
    if (sentences.language != language || sentences.text != text) continue;
    const auto found = std::lower_bound(
        sentences.places.begin(), sentences.places.end(), id,
        [&](const BuiltInSentences::Place& place, std::string_view wanted) { return sentences.id_at(place) < wanted; });
    const bool is_there = found != sentences.places.end() && sentences.id_at(*found) == id;
    return is_there ? sentences.words_at(*found) : std::string_view();
  }
  return {};
}

}  // namespace majlis::lists
