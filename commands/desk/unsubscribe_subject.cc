#include "commands/desk/unsubscribe_subject.h"

#include "auth/token.h"
#include "base/text.h"
#include "lists/effects/unsubscribe_token.h"

namespace majlis::commands {

std::optional<UnsubscribeSubject> read_unsubscribe_subject(std::string_view subject) {
  const std::vector<std::string_view> words = split_words(subject);
  if (words.size() < 3) return std::nullopt;
  const std::size_t first = words.size() - 3;
  if (!equals_ignoring_case(words[first], lists::kUnsubscribeSubject)) return std::nullopt;
  std::optional<mail::Address> address = mail::Address::parse(words[first + 1]);
  if (!address || !auth::looks_like_token(words[first + 2])) return std::nullopt;
  return UnsubscribeSubject{std::move(*address), std::string(words[first + 2])};
}

}  // namespace majlis::commands
