#include "mail/html/character_references.h"

#include <algorithm>

#include "base/digit.h"
#include "base/unicode.h"
#include "mail/html/reference_names.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxNameOctets = 31;           // "CounterClockwiseContourIntegral"
constexpr std::size_t kMaxNameWithoutSemicolon = 6;  // "curren"
constexpr char32_t kBeyondUnicode = 0x110000;

// What windows-1252 has at 0x80 to 0x9F; 0 where it has nothing.
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int digit_value(char c, unsigned base) {
  if (is_digit(c)) return c - '0';
  if (base == 16 && c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (base == 16 && c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Reads digits from `at` on, which moves behind them. Larger numbers than Unicode has stay just beyond it.
char32_t read_digits(std::string_view text, std::size_t& at, unsigned base) {
  char32_t number = 0;
  for (; at < text.size() && digit_value(text[at], base) >= 0; ++at) {
    number = std::min<char32_t>(number * base + static_cast<char32_t>(digit_value(text[at], base)), kBeyondUnicode);
  }
  return number;
}

char32_t to_character(char32_t number) {
  const char32_t windows = number >= 0x80 && number < 0xA0 ? kWindows1252[number - 0x80] : 0;
  if (windows != 0) return windows;
  const bool is_surrogate = number >= 0xD800 && number <= 0xDFFF;
  return number == 0 || number >= kBeyondUnicode || is_surrogate ? kReplacementCodePoint : number;
}

std::optional<CharacterReference> read_number(std::string_view text) {
  const bool is_hexadecimal = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t start = is_hexadecimal ? 3 : 2;
  std::size_t at = start;
  const char32_t number = read_digits(text, at, is_hexadecimal ? 16 : 10);
  if (at == start) return std::nullopt;
  if (at < text.size() && text[at] == ';') ++at;
  return CharacterReference{{to_character(number), 0}, at};
}

struct Name {
  std::string_view text;
  char mark = ';';  // ':' where the semicolon may be missing
  std::array<char32_t, 2> code_points = {};
};

// The entry of the table that is written at `at`.
Name entry_at(std::string_view table, std::size_t at) {
  const std::string_view entry = table.substr(at, table.find(' ', at) - at);
  const std::size_t mark = entry.find_first_of(":;");
  Name name{entry.substr(0, mark), entry[mark], {}};
  std::size_t digits = mark + 1;
  name.code_points[0] = read_digits(entry, digits, 16);
  if (digits < entry.size()) name.code_points[1] = read_digits(entry, ++digits, 16);
  return name;
}

std::optional<Name> find_name(std::string_view wanted) {
  const std::string_view table = reference_names();
  std::size_t low = 0;
  std::size_t high = table.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::size_t blank = middle == 0 ? std::string_view::npos : table.rfind(' ', middle - 1);
    const std::size_t start = blank == std::string_view::npos ? 0 : blank + 1;
    const Name name = entry_at(table, start);
    if (name.text == wanted) return name;
    if (wanted < name.text) {
      high = start;
    } else {
      low = table.find(' ', start) + 1;
    }
  }
  return std::nullopt;
}

std::optional<CharacterReference> read_name(std::string_view text, ReferencePlace place) {
  std::size_t end = 1;
  while (end < text.size() && end <= kMaxNameOctets && is_alphanumeric(text[end])) ++end;
  if (end < text.size() && text[end] == ';') {
    const std::optional<Name> name = find_name(text.substr(1, end - 1));
    if (name) return CharacterReference{name->code_points, end + 1};
  }
  for (std::size_t octets = std::min(end - 1, kMaxNameWithoutSemicolon); octets > 0; --octets) {
    const std::optional<Name> name = find_name(text.substr(1, octets));
    if (!name || name->mark != ':') continue;
    const char next = octets + 1 < text.size() ? text[octets + 1] : '\0';
    if (place == ReferencePlace::attribute && (next == '=' || is_alphanumeric(next))) return std::nullopt;
    return CharacterReference{name->code_points, octets + 1};
  }
  return std::nullopt;
}

}  // namespace

std::optional<CharacterReference> read_character_reference(std::string_view text, ReferencePlace place) {
  return text.size() > 1 && text[1] == '#' ? read_number(text) : read_name(text, place);
}

void append_decoded(std::string& out, std::string_view text, ReferencePlace place) {
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('&'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return;
    const std::optional<CharacterReference> reference = read_character_reference(text, place);
    if (!reference) {
      out += '&';
      text.remove_prefix(1);
      continue;
    }
    append_utf8(out, reference->code_points[0]);
    if (reference->code_points[1] != 0) append_utf8(out, reference->code_points[1]);
    text.remove_prefix(reference->octets);
  }
}

}  // namespace majlis::mail
