#include "commands/tongues/flowed_lines.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::commands {
namespace {

using tongues::Dialect;
using tongues::Shown;
using tongues::Takes;
using tongues::VerbRow;

// Mail programs wrap at 66 to 78 columns: with a first word that would have stood before this they had no reason to.
constexpr std::size_t kLeastWrapColumn = 60;
constexpr std::size_t kMaxLookedAt = 300;  // of a paragraph, for its first words
constexpr std::size_t kTagLetters = 3;
constexpr std::size_t kWordsBeforeInnerCommand = 2;  // "approve PASSWORD"

using Words = std::vector<std::string_view>;

bool was_wrapped(const mail::SoftBreak& at, std::string_view next_word) {
  return at.last_line.size() + next_word.size() > kLeastWrapColumn;
}

// "EOF", "END": the end of a text.
bool is_tag(std::string_view word) {
  return word.size() >= kTagLetters &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// "key = value" and "key << END", of a configuration.
bool is_assignment(const Words& words) {
  return words.size() > 1 && (words[1].starts_with('=') || words[1].starts_with("<<"));
}

const VerbRow* verb_of(const Dialect& dialect, const Words& words, std::size_t at) {
  return at < words.size() ? tongues::match_verb(dialect, words[at]).row : nullptr;
}

// Whether a text follows the command, which is not a command itself.
bool has_text(const Dialect& dialect, const VerbRow& row, const Words& words) {
  const VerbRow* inner = row.shown == Shown::command ? verb_of(dialect, words, kWordsBeforeInnerCommand) : nullptr;
  return row.takes == Takes::text || (inner != nullptr && inner->takes == Takes::text);
}

bool goes_on_in_a_command(const Dialect& dialect, const mail::SoftBreak& at, const VerbRow& row, const Words& before,
                          const Words& words) {
  const bool waits_for_command = row.shown == Shown::command && before.size() <= kWordsBeforeInnerCommand;
  if (has_text(dialect, row, before)) return was_wrapped(at, words.front());
  if (verb_of(dialect, words, 0) == nullptr || waits_for_command) return true;
  return row.shown == Shown::reason && was_wrapped(at, words.front());
}

}  // namespace

bool stands_alone(const Dialect& dialect, const mail::SoftBreak& at) {
  const Words words = split_words(at.line);
  const Words before = split_words(at.paragraph.substr(0, kMaxLookedAt));
  const bool is_own = words.empty() || (words.size() == 1 && is_tag(words.front())) || is_assignment(words);
  if (is_own || before.empty()) return true;
  const VerbRow* row = verb_of(dialect, before, 0);
  return row != nullptr ? !goes_on_in_a_command(dialect, at, *row, before, words) : !was_wrapped(at, words.front());
}

}  // namespace majlis::commands
