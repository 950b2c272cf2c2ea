#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message.h"

namespace majlis::lists {

// Words of a post that stand where a command of some tongue takes a password ("set authenticate WORD", "unsubscribe
// WORD", "PW=WORD"), right or not, in the Subject or at the beginning of a line: each once, at most kMaxGivenWords.
// `list` is the bare name of the list. Pure; any octets.
constexpr std::size_t kMaxGivenWords = 20;
std::vector<std::string> given_words(const mail::Message& message, std::string_view list);

// The text with "***" in the place of each of these words, where it stands as a whole word.
std::string without_given_words(std::string text, const std::vector<std::string>& words);

// The same of a message. One whose text is encoded so that they cannot be taken out of it becomes a plain text with the
// fields that say who wrote what when.
mail::Message without_given_words(const mail::Message& message, const std::vector<std::string>& words);

}  // namespace majlis::lists
