#include "foreign/python/address_expression.h"

#include <array>
#include <utility>

#include "base/digit.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kSpecial = "^$*+?{}[]|()\\";
// "+" wants one character at least: every address has one in front of its '@', and one behind. Longest first.
constexpr std::array<std::string_view, 4> kAnything = {".*?", ".+?", ".*", ".+"};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c); }

bool ends_word(char c) { return c == '.' || c == '@'; }

class ExpressionReader {
 public:
  explicit ExpressionReader(std::string_view behind_begin) : rest_(behind_begin) {}

  std::optional<AddressExpression> read() {
    while (!rest_.empty() && rest_ != "$") {
      if (!take_anything() && !take_character()) return std::nullopt;
    }
    if (rest_.empty()) add_anything();
    return ends_with_any_ ? std::nullopt : std::optional(std::move(read_));
  }

 private:
  bool take_anything() {
    for (const std::string_view form : kAnything) {
      if (!rest_.starts_with(form)) continue;
      rest_.remove_prefix(form.size());
      add_anything();
      return true;
    }
    return false;
  }

  void add_anything() {
    if (std::exchange(ends_with_any_, false)) read_.pattern.pop_back();
    if (!read_.pattern.ends_with('*')) read_.pattern += '*';
  }

  // False: it does not stand for itself, or is a '*', which a pattern has no other way to say.
  bool take_character() {
    const bool is_escaped = rest_.front() == '\\';
    if (is_escaped) rest_.remove_prefix(1);
    const char c = rest_.empty() ? '*' : rest_.front();
    const bool is_itself = is_escaped ? !is_letter_or_digit(c) : kSpecial.find(c) == std::string_view::npos;
    if (!is_itself || c == '*') return false;
    rest_.remove_prefix(1);
    return c == '.' && !is_escaped ? add_any_character() : add(c);
  }

  bool add(char c) {
    if (std::exchange(ends_with_any_, false)) {
      const std::string_view before = std::string_view(read_.pattern).substr(0, read_.pattern.size() - 1);
      const bool is_between = !before.empty() && !ends_word(before.back()) && !ends_word(c);
      if (!is_between) return false;  // no address has a dot there
      read_.has_dots = true;
    }
    read_.pattern += c;
    return true;
  }

  // Beside a '*' it is a part of that.
  bool add_any_character() {
    if (read_.pattern.ends_with('*')) return true;
    if (std::exchange(ends_with_any_, true)) return false;
    read_.pattern += '.';
    return true;
  }

  std::string_view rest_;
  AddressExpression read_;
  bool ends_with_any_ = false;  // the pattern, with a dot for any character
};

}  // namespace

std::optional<AddressExpression> read_address_expression(std::string_view expression) {
  return expression.starts_with('^') ? ExpressionReader(expression.substr(1)).read() : std::nullopt;
}

}  // namespace majlis::foreign
