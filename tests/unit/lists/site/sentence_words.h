#pragma once

#include <set>
#include <string>
#include <string_view>

namespace majlis::lists {

// The names in "${...}" of a sentence.
inline std::set<std::string> words_in(std::string_view sentence) {
  std::set<std::string> words;
  for (std::size_t at = sentence.find("${"); at != std::string_view::npos; at = sentence.find("${", at + 1)) {
    words.emplace(sentence.substr(at + 2, sentence.find('}', at) - at - 2));
  }
  return words;
}

}  // namespace majlis::lists
