#include <algorithm>
#include <array>

#include "base/digit.h"
#include "base/text.h"
#include "base/unicode.h"
#include "mail/html/link.h"
#include "mail/html/style.h"
#include "mail/html/style_text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxEscapeDigits = 6;
constexpr char32_t kFullWidthFirst = 0xFF01;  // of '!'
constexpr char32_t kFullWidthLast = 0xFF5E;   // of '~'
constexpr char32_t kFullWidthOffset = 0xFEE0;

struct Lookalike {
  char32_t letter;
  char plain;
};
// Small capitals that old readers take for letters of "expression".
constexpr std::array kLookalikes = {Lookalike{0x0280, 'r'}, Lookalike{0x026A, 'i'}, Lookalike{0x0274, 'n'}};

int hexadecimal_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower_ascii(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// What a '\' at the start of `css` stands for; `css` moves behind it (CSS Syntax 4.3.7). Nothing for a line end.
std::string take_escape(std::string_view& css) {
  css.remove_prefix(1);
  char32_t number = 0;
  std::size_t digits = 0;
  for (; digits < css.size() && digits < kMaxEscapeDigits && hexadecimal_value(css[digits]) >= 0; ++digits) {
    number = number * 16 + static_cast<char32_t>(hexadecimal_value(css[digits]));
  }
  css.remove_prefix(digits);
  std::string text;
  if (digits > 0) {
    append_utf8(text, number);
    if (!css.empty() && (is_style_blank(css.front()))) css.remove_prefix(1);
  } else if (!css.empty() && css.front() == '\n') {
    css.remove_prefix(1);
  }
  return text;
}

void append_plainly(std::string& out, std::string_view text) {
  while (!text.empty()) {
    char32_t code_point = next_code_point(text);
    if (code_point >= kFullWidthFirst && code_point <= kFullWidthLast) code_point -= kFullWidthOffset;
    const auto* alike = std::find_if(kLookalikes.begin(), kLookalikes.end(),
                                     [&](const Lookalike& each) { return each.letter == code_point; });
    if (alike != kLookalikes.end()) code_point = static_cast<char32_t>(alike->plain);
    if (code_point <= U' ' || code_point == 0x7F) {
      if (!out.ends_with(' ')) out += ' ';
    } else if (code_point < 0x80) {
      out += to_lower_ascii(static_cast<char>(code_point));
    } else {
      append_utf8(out, code_point);
    }
  }
}

// Lower case, escapes read, runs of blanks and controls as one.
std::string in_plain_letters(std::string_view css) {
  std::string plain;
  plain.reserve(css.size());
  while (!css.empty()) {
    const std::size_t end = std::min(css.find('\\'), css.size());
    append_plainly(plain, css.substr(0, end));
    css.remove_prefix(end);
    if (!css.empty()) append_plainly(plain, take_escape(css));
  }
  return plain;
}

// A word, blanks, and the mark that makes it what it is.
struct Danger {
  std::string_view word;
  char mark;  // NUL: the word alone
  bool whole;
};
constexpr std::array kDangers = {
    Danger{"expression", '(', false}, Danger{"@import", '\0', false},   Danger{"-moz-binding", '\0', false},
    Danger{"behavior", ':', true},    Danger{"behaviour", ':', true},   Danger{"javascript", ':', false},
    Danger{"vbscript", ':', false},   Danger{"livescript", ':', false}, Danger{"mocha", ':', true},
    Danger{"data", ':', true},        Danger{"-o-link", '\0', false},   Danger{"</", '\0', false},
};

bool is_named_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool has_danger(std::string_view css, const Danger& danger) {
  for (std::size_t at = css.find(danger.word); at != std::string_view::npos; at = css.find(danger.word, at + 1)) {
    if (danger.whole && at > 0 && is_named_character(css[at - 1])) continue;
    std::size_t behind = at + danger.word.size();
    if (behind < css.size() && css[behind] == ' ') ++behind;
    if (danger.mark == '\0' || (behind < css.size() && css[behind] == danger.mark)) return true;
  }
  return false;
}

bool is_bad_load(std::string_view url, RemoteContent remote) {
  const LinkKind kind = kind_of_link(url);
  if (kind == LinkKind::active) return true;
  return remote == RemoteContent::remove && kind != LinkKind::inside && !url.empty() && url.front() != '#';
}

// "url(" and its like, with what stands in them.
bool loads_badly(std::string_view css, std::string_view function, RemoteContent remote) {
  for (std::size_t at = css.find(function); at != std::string_view::npos; at = css.find(function, at + 1)) {
    std::string_view url = css.substr(at + function.size());
    while (!url.empty() && (url.front() == ' ' || url.front() == '"' || url.front() == '\'')) url.remove_prefix(1);
    url = trim(url.substr(0, url.find_first_of(")\"'")));
    if (is_bad_load(url, remote)) return true;
  }
  return false;
}

bool is_active_text(std::string_view css, RemoteContent remote) {
  const bool is_dangerous =
      std::any_of(kDangers.begin(), kDangers.end(), [&](const Danger& danger) { return has_danger(css, danger); });
  if (is_dangerous) return true;
  for (const std::string_view function : {"url(", "url (", "image-set(", "image(", "src("}) {
    if (loads_badly(css, function, remote)) return true;
  }
  return false;
}

}  // namespace

bool has_active_style(std::string_view css, RemoteContent remote) {
  return is_active_text(in_plain_letters(css), remote) ||
         is_active_text(in_plain_letters(without_style_comments(css)), remote);
}

}  // namespace majlis::mail
