#include "commands/tongues/search_line.h"

#include <algorithm>

#include "base/text.h"
#include "commands/reading/search_words.h"

namespace majlis::commands {

std::vector<std::string> list_in_front(std::vector<std::string> words, const ListWordOf& list_word_of) {
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const bool ends_words = i + 2 == words.size() || is_search_keyword(words[i + 2]);
    if (!ends_words || !equals_ignoring_case(words[i], "in")) continue;
    if (list_word_of(words[i + 1]) != ListWord::known) continue;
    const auto in = words.begin() + static_cast<std::ptrdiff_t>(i);
    words.erase(in);
    std::rotate(words.begin(), in, in + 1);
    break;
  }
  return words;
}

}  // namespace majlis::commands
