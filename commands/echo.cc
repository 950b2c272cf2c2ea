#include "commands/echo.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.h"
#include "commands/membership.h"
#include "commands/secret_words.h"

namespace majlis::commands {
namespace {

using Words = std::span<const std::string>;

constexpr std::size_t kMaxEchoOctets = 200;
constexpr std::size_t kMaxEchoedWord = 40;

// Whether the word in a list's place may be shown.
bool may_show_list(Shown shown, ListWord word) {
  const bool takes_a_list = shown != Shown::nothing && shown != Shown::address;
  return word == ListWord::known || (word == ListWord::unknown && takes_a_list);
}

bool may_show(Shown shown, const std::string& word) {
  switch (shown) {
    case Shown::nothing:
    case Shown::list:
    case Shown::command: return false;
    case Shown::address: return looks_like_address(word);
    case Shown::person: return looks_like_address(word) || word == "*";
    case Shown::option: return looks_like_address(word) || is_option_word(word);
    case Shown::file: return looks_like_file(word);
    case Shown::reason: return true;
  }
  return false;
}

std::vector<bool> shown_behind(const VerbRow& row, Words words, const ListWordOf& list_word_of);

// SECRET COMMAND ...
std::vector<bool> shown_with_command(Words words, const ListWordOf& list_word_of) {
  std::vector<bool> shown(words.size(), false);
  const VerbRow* inner = words.size() > 1 ? match_verb(words[1]).row : nullptr;
  if (inner == nullptr) return shown;
  shown[1] = true;
  if (inner->shown == Shown::command) return shown;
  const std::vector<bool> behind = shown_behind(*inner, words.subspan(2), list_word_of);
  std::copy(behind.begin(), behind.end(), shown.begin() + 2);
  return shown;
}

// For each word behind a verb, whether it may be shown.
std::vector<bool> shown_behind(const VerbRow& row, Words words, const ListWordOf& list_word_of) {
  if (row.shown == Shown::command) return shown_with_command(words, list_word_of);
  std::vector<bool> shown(words.size(), false);
  if (words.empty()) return shown;
  shown[0] = row.secrets != Secrets::first && may_show_list(row.shown, list_word_of(words[0]));
  const std::size_t begin = shown[0] || row.secrets == Secrets::first ? 1 : 0;
  const bool takes_person = row.shown == Shown::person || row.shown == Shown::option;
  const bool is_person = takes_person && is_named_person(words.subspan(begin));
  for (std::size_t i = begin; i < words.size(); ++i) shown[i] = is_person || may_show(row.shown, words[i]);
  return shown;
}

}  // namespace

std::string echo_of(std::string_view word, const Request& request, const VerbRow& row, const ListWordOf& list_word_of) {
  std::string echo = printable_utf8(word, kMaxEchoedWord);
  const std::vector<bool> shown = shown_behind(row, request.arguments, list_word_of);
  for (std::size_t i = 0; i < shown.size() && echo.size() < kMaxEchoOctets; ++i) {
    const std::string& argument = request.arguments[i];
    const std::size_t room = kMaxEchoOctets - echo.size();
    echo += ' ';
    echo += shown[i] && !is_secret(argument) ? printable_utf8(argument, room) : std::string(kMask);
  }
  return echo;
}

std::string echo_of_unknown(std::string_view word, bool has_more) {
  std::string echo = printable_utf8(is_secret(word) ? kMask : word, kMaxEchoedWord);
  if (has_more) echo.append(" ").append(kMask);
  return echo;
}

}  // namespace majlis::commands
