#include "lists/site/text/built_in_texts.h"

#include <algorithm>
#include <tuple>

namespace majlis::lists {
namespace {

std::tuple<std::string_view, std::string_view, std::string_view> key_of(const BuiltInSentence& sentence) {
  return {sentence.language, sentence.text, sentence.id};
}

}  // namespace

std::string_view built_in_text(std::string_view language, std::string_view name) {
  for (const BuiltInText& text : built_in_texts()) {
    if (text.language == language && text.name == name) return text.content;
  }
  return {};
}

std::string_view built_in_sentence(std::string_view language, std::string_view text, std::string_view id) {
  const auto key = std::tuple(language, text, id);
  const auto sentences = built_in_sentences();
  const auto found =
      std::lower_bound(sentences.begin(), sentences.end(), key,
                       [](const BuiltInSentence& sentence, const auto& wanted) { return key_of(sentence) < wanted; });
  const bool is_there = found != sentences.end() && key_of(*found) == key;
  return is_there ? found->words : std::string_view();
}

}  // namespace majlis::lists
