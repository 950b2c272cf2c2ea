#include "foreign/python/escapes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "base/unicode.h"

namespace majlis::foreign {
namespace {

struct Escape {
  char letter;
  char octet;
};
constexpr auto kEscapes = std::to_array<Escape>({{'\\', '\\'},
                                                 {'\'', '\''},
                                                 {'"', '"'},
                                                 {'a', '\a'},
                                                 {'b', '\b'},
                                                 {'f', '\f'},
                                                 {'n', '\n'},
                                                 {'r', '\r'},
                                                 {'t', '\t'},
                                                 {'v', '\v'}});

bool is_octal(char c) { return c >= '0' && c <= '7'; }

// The number of `digits` digits in front of `rest`, which moves behind them.
std::optional<char32_t> take_number(std::string_view& rest, std::size_t digits, int base) {
  std::uint32_t number = 0;
  if (rest.size() < digits || digits == 0) return std::nullopt;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + digits, number, base);
  if (error != std::errc() || end != rest.data() + digits) return std::nullopt;
  rest.remove_prefix(digits);
  return number;
}

// Behind "\u" or "\U": the character, of two halves (UTF-16) where the other one follows.
std::optional<char32_t> take_code_point(std::string_view& rest, std::size_t digits) {
  const auto first = take_number(rest, digits, 16);
  if (!first || *first < 0xD800 || *first > 0xDBFF || !rest.starts_with("\\u")) return first;
  std::string_view behind = rest.substr(2);
  const auto second = take_number(behind, 4, 16);
  if (!second || *second < 0xDC00 || *second > 0xDFFF) return first;
  rest = behind;
  return 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00);
}

// 4 or 8 behind 'u' and 'U'; 0: no letter of a code point.
std::size_t code_point_digits(char letter) {
  if (letter == 'u') return 4;
  return letter == 'U' ? 8 : 0;
}

void append(std::string& out, char32_t number, PythonQuoted form) {
  if (form == PythonQuoted::text) {
    append_utf8(out, number);
  } else {
    out += static_cast<char>(number & 0xFFU);
  }
}

// `rest` stands behind a backslash.
bool undo_one(std::string_view& rest, PythonQuoted form, std::string& out) {
  if (rest.empty()) return false;
  const char letter = rest.front();
  if (is_octal(letter)) {
    const auto end = std::find_if_not(
        rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, rest.size())), is_octal);
    append(out, *take_number(rest, static_cast<std::size_t>(end - rest.begin()), 8), form);
    return true;
  }
  rest.remove_prefix(1);
  if (letter == '\n') return true;  // the line goes on
  const auto* const simple =
      std::find_if(kEscapes.begin(), kEscapes.end(), [&](const Escape& each) { return each.letter == letter; });
  if (simple != kEscapes.end()) {
    out += simple->octet;
    return true;
  }
  const std::size_t digits = form == PythonQuoted::text ? code_point_digits(letter) : 0;
  if (letter != 'x' && digits == 0) {
    out.append({'\\', letter});
    return true;
  }
  const auto number = digits == 0 ? take_number(rest, 2, 16) : take_code_point(rest, digits);
  if (number) append(out, *number, form);
  return number.has_value();
}

}  // namespace

std::optional<std::string> undo_python_escapes(std::string_view inside, PythonQuoted form) {
  std::string out;
  out.reserve(inside.size());
  while (!inside.empty()) {
    const std::size_t plain = std::min(inside.find('\\'), inside.size());
    out += inside.substr(0, plain);
    inside.remove_prefix(plain);
    if (inside.empty()) break;
    inside.remove_prefix(1);
    if (!undo_one(inside, form, out)) return std::nullopt;
  }
  return out;
}

std::optional<std::string> undo_raw_unicode_escapes(std::string_view line) {
  std::string out;
  out.reserve(line.size());
  while (!line.empty()) {
    const std::size_t digits = line.front() == '\\' && line.size() > 1 ? code_point_digits(line[1]) : 0;
    if (digits == 0) {
      append_utf8(out, static_cast<unsigned char>(line.front()));
      line.remove_prefix(1);
      continue;
    }
    line.remove_prefix(2);
    const auto code_point = take_code_point(line, digits);
    if (!code_point) return std::nullopt;
    append_utf8(out, *code_point);
  }
  return out;
}

}  // namespace majlis::foreign
