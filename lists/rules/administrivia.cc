#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/rules/rules.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kTestedLines = 9;  // Majordomo tests as many
constexpr std::size_t kMaxCommandWords = 4;
constexpr std::size_t kMaxTestedText = 16 * 1024;
constexpr std::array<std::string_view, 10> kCommands = {
    "subscribe", "unsubscribe", "signoff", "sub", "unsub", "approve", "passwd", "auth", "newconfig", "writeconfig"};

bool is_command_word(std::string_view word) {
  return std::any_of(kCommands.begin(), kCommands.end(),
                     [&](std::string_view command) { return equals_ignoring_case(word, command); });
}

// A whole short line that begins with a command word: prose that merely mentions one is longer.
bool is_command_line(std::string_view line) {
  const std::vector<std::string_view> words = split_words(trim(line));
  return !words.empty() && words.size() <= kMaxCommandWords && is_command_word(words.front());
}

}  // namespace

// A command that was sent to the members by mistake.
std::optional<Decision> administrivia(const PostFacts& facts) {
  if (!facts.list->config().is_on(Setting::administrivia)) return std::nullopt;
  const Decision found{Action::hold, {}, "Admin request"};
  if (is_command_line(facts.message->subject())) return found;
  const std::string text = facts.message->first_text(kMaxTestedText).value_or("");
  std::string_view rest = text;
  for (std::size_t tested = 0; tested < kTestedLines;) {
    const auto line = next_line(rest);
    if (!line) return std::nullopt;
    if (trim(*line).empty()) continue;
    if (is_command_line(*line)) return found;
    ++tested;
  }
  return std::nullopt;
}

}  // namespace majlis::lists
