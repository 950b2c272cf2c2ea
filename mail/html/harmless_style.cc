#include <algorithm>
#include <array>

#include "base/digit.h"
#include "base/text.h"
#include "mail/html/style.h"
#include "mail/html/style_text.h"

namespace majlis::mail {
namespace {

// Beside those that begin with a word of kFamilies and '-'.
constexpr std::array<std::string_view, 34> kProperties = {
    "background",    "border",      "caption-side", "clear",      "color",          "direction",    "display",
    "empty-cells",   "float",       "font",         "height",     "letter-spacing", "line-height",  "list-style",
    "margin",        "max-height",  "max-width",    "min-height", "min-width",      "opacity",      "overflow",
    "overflow-wrap", "padding",     "quotes",       "tab-size",   "table-layout",   "unicode-bidi", "vertical-align",
    "visibility",    "white-space", "width",        "word-break", "word-spacing",   "word-wrap"};
constexpr std::array<std::string_view, 8> kFamilies = {"background", "border",  "font",       "list-style",
                                                       "margin",     "padding", "page-break", "text"};
constexpr std::array<std::string_view, 4> kFunctions = {"rgb", "rgba", "hsl", "hsla"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '-'; }

bool is_harmless_property(std::string_view name) {
  if (std::find(kProperties.begin(), kProperties.end(), name) != kProperties.end()) return true;
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || c == '-'; });
  return is_plain && std::any_of(kFamilies.begin(), kFamilies.end(), [&](std::string_view family) {
           return name.size() > family.size() + 1 && name.starts_with(family) && name[family.size()] == '-';
         });
}

// The name in front of the '(' at `at`.
std::string function_at(std::string_view value, std::size_t at) {
  std::size_t start = at;
  while (start > 0 && is_word(value[start - 1])) --start;
  return to_lower_ascii(value.substr(start, at - start));
}

// Words, numbers, colours, quoted names; no escape, no URL, no function but those of colours.
bool is_harmless_value(std::string_view value) {
  char quote = '\0';
  bool is_in_function = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool is_foreign = static_cast<unsigned char>(c) >= 0x80;
    if (c == '"' || c == '\'') {
      if (quote != '\0' && quote != c) return false;
      quote = quote == '\0' ? c : '\0';
    } else if (quote != '\0') {
      if (!is_word(c) && !is_foreign && std::string_view(" _.,").find(c) == std::string_view::npos) return false;
    } else if (c == '(') {
      const std::string name = function_at(value, i);
      if (is_in_function || std::find(kFunctions.begin(), kFunctions.end(), name) == kFunctions.end()) return false;
      is_in_function = true;
    } else if (c == ')') {
      if (!is_in_function) return false;
      is_in_function = false;
    } else if (!is_word(c) && std::string_view(" _#%.,!+/").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return !value.empty() && quote == '\0' && !is_in_function;
}

// Trimmed, runs of blanks as one.
std::string with_single_blanks(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (!is_style_blank(c)) {
      plain += c;
    } else if (!plain.empty() && plain.back() != ' ') {
      plain += ' ';
    }
  }
  if (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

void add_declaration(std::string& out, std::string_view declaration) {
  const std::size_t colon = declaration.find(':');
  if (colon == std::string_view::npos) return;
  const std::string name = to_lower_ascii(with_single_blanks(declaration.substr(0, colon)));
  const std::string value = with_single_blanks(declaration.substr(colon + 1));
  if (!is_harmless_property(name) || !is_harmless_value(value)) return;
  const std::string written = name + ":" + value;
  if (!has_active_style(written, RemoteContent::remove)) out.append(out.empty() ? "" : ";").append(written);
}

// Of CSS without comments.
std::string declarations_of(std::string_view css) {
  std::string out;
  for (const std::string_view each : split_at(css, ';')) add_declaration(out, each);
  return out;
}

bool is_made_of(std::string_view text, std::string_view marks) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [&](char c) { return is_word(c) || marks.find(c) != std::string_view::npos; });
}

bool is_harmless_selector(std::string_view selector) {
  return is_made_of(selector, " _.#*,:>+~") && selector.find("-->") == std::string_view::npos &&
         !has_active_style(selector, RemoteContent::remove);
}
bool is_harmless_condition(std::string_view at_rule) {
  return starts_with_ignoring_case(at_rule, "@media ") && is_made_of(at_rule.substr(1), " ,.:()") &&
         !has_active_style(at_rule, RemoteContent::remove);
}

// Behind the '}' that belongs to the '{' in front of `css`; the end without one.
std::size_t end_of_block(std::string_view css) {
  std::size_t depth = 1;
  for (std::size_t at = css.find_first_of("{}"); at != std::string_view::npos; at = css.find_first_of("{}", at + 1)) {
    depth = css[at] == '{' ? depth + 1 : depth - 1;
    if (depth == 0) return at + 1;
  }
  return css.size();
}

enum class Level { sheet, media };

// Rules of CSS without comments, appended to `out`.
void add_rules(std::string& out, std::string_view css, Level level) {
  while (!css.empty()) {
    const std::size_t mark = std::min(css.find_first_of("{;}"), css.size());
    const std::string prelude = with_single_blanks(css.substr(0, mark));
    const bool is_block = mark < css.size() && css[mark] == '{';
    css.remove_prefix(std::min(mark + 1, css.size()));
    if (!is_block) continue;
    const std::size_t end = end_of_block(css);
    const bool is_closed = end > 0 && css[end - 1] == '}';
    const std::string_view block = css.substr(0, is_closed ? end - 1 : end);
    css.remove_prefix(end);
    if (is_harmless_selector(prelude)) {
      const std::string declarations = declarations_of(block);
      if (!declarations.empty()) out.append(prelude).append("{").append(declarations).append("}\n");
    } else if (level == Level::sheet && is_harmless_condition(prelude)) {
      std::string inner;
      add_rules(inner, block, Level::media);
      if (!inner.empty()) out.append(prelude).append("{\n").append(inner).append("}\n");
    }
  }
}

}  // namespace

std::string without_style_comments(std::string_view css) {
  std::string out;
  out.reserve(css.size());
  while (!css.empty()) {
    const std::size_t at = std::min(css.find_first_of("/<-"), css.size());
    out += css.substr(0, at);
    css.remove_prefix(at);
    if (css.starts_with("/*")) {
      const std::size_t end = css.find("*/", 2);
      css.remove_prefix(end == std::string_view::npos ? css.size() : end + 2);
    } else if (css.starts_with("<!--")) {
      css.remove_prefix(4);
    } else if (css.starts_with("-->")) {
      css.remove_prefix(3);
    } else if (!css.empty()) {
      out += css.front();
      css.remove_prefix(1);
    }
  }
  return out;
}

std::string harmless_declarations(std::string_view css) { return declarations_of(without_style_comments(css)); }

std::string harmless_rules(std::string_view css) {
  std::string out;
  add_rules(out, without_style_comments(css), Level::sheet);
  return out;
}

}  // namespace majlis::mail
