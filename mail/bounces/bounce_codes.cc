#include "mail/bounces/bounce_codes.h"

#include "base/digit.h"
#include "base/text.h"

namespace majlis::mail {
namespace {

bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '@';
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// Octets of "d.ddd.ddd" at `at`, 0 when something else stands there.
std::size_t status_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  for (int number = 0; number < 2; ++number) {
    if (end >= text.size() || text[end] != '.') return 0;
    const std::size_t digits = digits_at(text, end + 1);
    if (digits == 0 || digits > 3) return 0;
    end += 1 + digits;
  }
  const bool goes_on = end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]);
  return goes_on || (end < text.size() && is_digit(text[end])) ? 0 : end - at;
}

bool is_class(char c) { return c == '2' || c == '4' || c == '5'; }

}  // namespace

std::string find_status(std::string_view text) {
  for (std::size_t at = 0; at + 5 <= text.size(); ++at) {
    if (!is_class(text[at]) || (at > 0 && is_word(text[at - 1]))) continue;
    if (const std::size_t length = status_length(text, at)) return std::string(text.substr(at, length));
  }
  return {};
}

int find_smtp_code(std::string_view text) {
  for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
    if ((text[at] != '4' && text[at] != '5') || digits_at(text, at) != 3) continue;
    if (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '-')) continue;
    const bool ends = at + 3 == text.size() || text[at + 3] == ' ' || text[at + 3] == '-' || text[at + 3] == ',';
    if (ends) return static_cast<int>(*parse_number(text.substr(at, 3)));
  }
  return 0;
}

bool holds_refusal(std::string_view line) {
  constexpr std::string_view kIntroduced = ":<>('\"";
  for (std::size_t at = line.find('5'); at != std::string_view::npos; at = line.find('5', at + 1)) {
    const std::string_view before = trim(line.substr(0, at));
    if (digits_at(line, at) != 3) {
      if (before.ends_with("(#") && status_length(line, at) != 0) return true;
      continue;
    }
    if ((at > 0 && is_word(line[at - 1])) || at + 4 >= line.size()) continue;
    if (line[at + 3] != ' ' && line[at + 3] != '-') continue;
    if (line[at + 4] == '5' && status_length(line, at + 4) != 0) return true;
    const bool is_answer = before.empty() || kIntroduced.find(before.back()) != std::string_view::npos;
    if (is_answer && !is_digit(line[at + 4])) return true;
  }
  return false;
}

}  // namespace majlis::mail
