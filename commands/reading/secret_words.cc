#include "commands/reading/secret_words.h"

#include <algorithm>
#include <array>

#include "auth/token.h"
#include "base/digit.h"
#include "base/text.h"
#include "mail/address.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxExtensionOctets = 4;
constexpr std::array<std::string_view, 8> kPasswordNames = {"pw",   "pwd",      "passwd",  "password",
                                                            "pass", "passwort", "approve", "approved"};

bool is_letter_or_digit(char c) { return is_digit(c) || (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z'); }

bool is_month(std::string_view word) {
  constexpr std::string_view kForm = "0000-00";
  return word.size() == kForm.size() && std::equal(word.begin(), word.end(), kForm.begin(), [](char c, char form) {
           return form == '0' ? is_digit(c) : c == form;
         });
}

// "LOG2611", a month as LISTSERV calls it.
bool is_notebook(std::string_view word) {
  constexpr std::string_view kLog = "log";
  constexpr std::size_t kDigits = 4;
  return word.size() == kLog.size() + kDigits && starts_with_ignoring_case(word, kLog) &&
         std::all_of(word.begin() + kLog.size(), word.end(), is_digit);
}

// "PW=...", as LISTSERV has it, and "password:..." in one word.
bool names_a_password(std::string_view word) {
  const std::size_t end = word.find_first_of("=:");
  if (end == std::string_view::npos || end + 1 == word.size()) return false;
  return std::any_of(kPasswordNames.begin(), kPasswordNames.end(),
                     [&](std::string_view name) { return equals_ignoring_case(name, word.substr(0, end)); });
}

}  // namespace

bool is_secret(std::string_view word) {
  const std::size_t dot = word.find('.');
  return names_a_password(word) || auth::looks_like_token(word) ||
         (dot != std::string_view::npos && auth::looks_like_token(word.substr(dot + 1)));
}

bool looks_like_address(std::string_view word) {
  if (word.starts_with('<') && word.ends_with('>')) word = word.substr(1, word.size() - 2);
  const std::size_t at = word.rfind('@');
  if (at == 0 || at == std::string_view::npos) return false;
  const std::string_view domain = word.substr(at + 1);
  const bool is_host =
      std::all_of(domain.begin(), domain.end(), [](char c) { return c == '.' || c == '-' || is_letter_or_digit(c); });
  return is_host && !domain.starts_with('.') && !domain.ends_with('.') && domain.find('.') != std::string_view::npos;
}

bool looks_like_file(std::string_view word) {
  const std::size_t dot = word.rfind('.');
  if (dot == 0 || dot == std::string_view::npos) return is_month(word) || is_notebook(word);
  const std::string_view extension = word.substr(dot + 1);
  return !extension.empty() && extension.size() <= kMaxExtensionOctets &&
         std::all_of(extension.begin(), extension.end(), is_letter_or_digit);
}

bool is_named_person(std::span<const std::string> words) {
  std::string written;
  for (const std::string& word : words) written += (written.empty() ? "" : " ") + word;
  return mail::parse_mailbox(written).has_value();
}

std::string shown_word(std::string_view word, std::size_t max) {
  return printable_utf8(is_secret(word) ? kMask : word, max);
}

std::string shown_words(std::string_view words, std::size_t max) {
  std::string shown;
  for (const std::string_view word : split_words(words)) {
    if (!shown.empty()) shown += ' ';
    shown += is_secret(word) || !looks_like_address(word) ? kMask : word;
  }
  return printable_utf8(shown, max);
}

}  // namespace majlis::commands
