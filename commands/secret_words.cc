#include "commands/secret_words.h"

#include "auth/token.h"
#include "base/text.h"

namespace majlis::commands {

bool is_secret(std::string_view word) {
  const std::size_t dot = word.find('.');
  return auth::looks_like_token(word) ||
         (dot != std::string_view::npos && auth::looks_like_token(word.substr(dot + 1)));
}

std::string shown_words(std::string_view words, std::size_t max) {
  std::string shown;
  for (const std::string_view word : split_words(words)) {
    if (!shown.empty()) shown += ' ';
    shown += is_secret(word) ? kMask : word;
  }
  return printable_utf8(shown, max);
}

}  // namespace majlis::commands
