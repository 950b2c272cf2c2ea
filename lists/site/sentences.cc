#include "lists/site/sentences.h"

#include "base/text.h"
#include "lists/site/text/built_in_texts.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kBetween = " = ";
constexpr std::string_view kGoesOn = "  ";
constexpr std::string_view kOne = ".one";
constexpr std::string_view kCount = "count";

}  // namespace

std::vector<Sentence> parse_sentences(std::string_view text) {
  std::vector<Sentence> sentences;
  bool goes_on = false;
  for (std::size_t number = 1; const auto line = next_line(text); ++number) {
    if (goes_on && line->starts_with(kGoesOn)) {
      sentences.back().words.append("\n").append(line->substr(kGoesOn.size()));
      continue;
    }
    const std::size_t between = line->find(kBetween);
    goes_on = between != std::string_view::npos && !line->starts_with('#') && !is_blank(line->front());
    if (!goes_on) continue;
    sentences.push_back({line->substr(0, between), std::string(line->substr(between + kBetween.size())), number});
  }
  return sentences;
}

bool is_singular(std::string_view language, std::string_view count) {
  return count == "1" || (count == "0" && language == "fr");
}

const Sentences::Own& Sentences::own_of(std::string_view language) {
  const auto known = own_.find(language);
  if (known != own_.end()) return known->second;
  Own own;
  const std::string text = overriding_text(*site_, language, text_);
  for (Sentence& sentence : parse_sentences(text)) {
    own.insert_or_assign(std::string(sentence.id), std::move(sentence.words));
  }
  return own_.emplace(language, std::move(own)).first->second;
}

std::string_view Sentences::find(std::string_view language, std::string_view id) {
  const Own& own = own_of(language);
  const auto found = own.find(id);
  const bool is_own = found != own.end() && !found->second.empty();
  return is_own ? std::string_view(found->second) : built_in_sentence(language, text_, id);
}

std::string Sentences::say(std::string_view language, std::string_view id, const TextValues& values) {
  const auto count = values.find(kCount);
  std::string_view words;
  if (count != values.end() && is_singular(language, count->second)) {
    words = find(language, std::string(id).append(kOne));
  }
  if (words.empty()) words = find(language, id);
  return fill_in(words.empty() ? built_in_sentence("en", text_, id) : words, values);
}

}  // namespace majlis::lists
