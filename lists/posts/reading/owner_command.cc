#include "lists/posts/reading/owner_command.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "auth/password.h"
#include "base/text.h"
#include "lists/posts/reading/request_words.h"

namespace majlis::lists {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::size_t kMaxTestedText = 16 * 1024;
constexpr std::size_t kTestedLines = 3;

// Commands whose password is the last word, or the last two.
constexpr std::array<std::string_view, 5> kRareWords = {"newinfo", "newintro", "newconfig", "writeconfig", "mkdigest"};
// What may stand behind "approve PASSWORD", alone, with a list, and with more.
constexpr std::array<std::string_view, 8> kAlone = {"who",   "which",  "info",        "intro",
                                                    "index", "config", "writeconfig", "lists"};
constexpr std::array<std::string_view, 5> kWithMore = {"get", "set", "newinfo", "newintro", "newconfig"};
constexpr std::array<std::string_view, 6> kMembership = {"subscribe", "unsubscribe", "signoff",
                                                         "cancel",    "unsub",       "sub"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return equals_ignoring_case(one, word); });
}

bool may_be_password(std::string_view word) { return word.size() >= auth::kMinPasswordOctets; }

// No word of a sentence: capitals inside, digits or marks.
bool looks_like_password(std::string_view word) {
  if (!may_be_password(word)) return false;
  return std::any_of(word.begin() + 1, word.end(), [](char c) {
    const bool is_plain = (c >= 'a' && c <= 'z') || c == '.' || c == ',' || c == ':' || c == '/' || c == '\'';
    return !is_plain;
  });
}

bool names_list(std::string_view word, std::string_view list) {
  return equals_ignoring_case(word, list) || word.find('@') != std::string_view::npos;
}

bool is_approve(Words words, std::string_view list) {
  if (words.size() < 3 || !may_be_password(words[1])) return false;
  if (is_one_of(words[2], kMembership)) {
    return looks_like_password(words[1]) ||
           std::any_of(words.begin() + 3, words.end(), [&](std::string_view word) { return names_list(word, list); });
  }
  if (is_one_of(words[2], kAlone)) {
    return looks_like_password(words[1]) ? words.size() <= 4 : words.size() == 4 && names_list(words[3], list);
  }
  return is_one_of(words[2], kWithMore) && words.size() > 3 &&
         (names_list(words[3], list) || looks_like_password(words[1]));
}

bool is_owner_command(Words words, std::string_view list) {
  if (words.size() < 2) return false;
  if (equals_ignoring_case(words[0], "approve")) return is_approve(words, list);
  const bool has_list = words.size() > 2 && names_list(words[1], list);
  if (is_one_of(words[0], kRareWords)) {
    return words.size() <= 4 && (has_list ? may_be_password(words.back()) : looks_like_password(words.back()));
  }
  if (equals_ignoring_case(words[0], "passwd")) {
    const std::size_t first = words.size() == 4 ? 2 : 1;
    if (words.size() < 3 || words.size() > 4) return false;
    const bool are_long = may_be_password(words[first]) && may_be_password(words[first + 1]);
    return are_long && (has_list || looks_like_password(words[first]) || looks_like_password(words[first + 1]));
  }
  if (!equals_ignoring_case(words[0], "config") || words.size() > 3) return false;
  return has_list && may_be_password(words.back());
}

}  // namespace

bool begins_with_owner_command(std::string_view text, std::string_view list) {
  const OwnText own = own_text(text);
  for (std::size_t i = 0; i < std::min(own.lines.size(), kTestedLines); ++i) {
    if (is_owner_command(split_words(own.lines[i]), list)) return true;
  }
  return false;
}

bool begins_with_owner_command(const mail::Message& message, std::string_view list) {
  return begins_with_owner_command(message.first_text(kMaxTestedText).value_or(""), list);
}

}  // namespace majlis::lists
