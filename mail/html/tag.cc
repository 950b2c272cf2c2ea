#include "mail/html/tag.h"

#include <algorithm>

#include "mail/html/character_references.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kNameEnds = " \t\n\f/>";
constexpr std::string_view kAttributeNameEnds = " \t\n\f/>=";
constexpr std::string_view kUnquotedEnds = " \t\n\f>";

std::string name_of(std::string_view written) { return to_lower_ascii(with_nul_replaced(written)); }

// The value behind '='. false when the page ends inside it.
bool read_value(HtmlCursor& cursor, std::string_view& value) {
  cursor.skip_blanks();
  const char quote = cursor.peek();
  if (quote != '"' && quote != '\'') {
    value = cursor.take_until_any(kUnquotedEnds);
    return !cursor.at_end();
  }
  cursor.skip(1);
  value = cursor.take_until_any(std::string_view(&quote, 1));
  if (cursor.at_end()) return false;
  cursor.skip(1);
  return true;
}

// The first of each name stays.
void part_repeated(HtmlToken& token) {
  std::vector<HtmlAttribute>& attributes = token.attributes;
  std::vector<const HtmlAttribute*> sorted;
  for (const HtmlAttribute& each : attributes) sorted.push_back(&each);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const HtmlAttribute* a, const HtmlAttribute* b) { return a->name < b->name; });
  std::vector<bool> is_repeated(attributes.size());
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const auto place = static_cast<std::size_t>(sorted[i] - attributes.data());
    is_repeated[place] = sorted[i]->name == sorted[i - 1]->name;
  }
  std::vector<HtmlAttribute> kept;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    (is_repeated[i] ? token.repeated : kept).push_back(std::move(attributes[i]));
  }
  attributes = std::move(kept);
}

bool read_attribute(HtmlCursor& cursor, HtmlToken& token) {
  const std::size_t start = cursor.position();
  cursor.skip(1);  // whatever it is: a name may begin with '='
  cursor.take_until_any(kAttributeNameEnds);
  const std::string_view name = cursor.html().substr(start, cursor.position() - start);
  cursor.skip_blanks();
  std::string_view value;
  if (cursor.peek() == '=') {
    cursor.skip(1);
    if (!read_value(cursor, value)) return false;
  }
  if (cursor.at_end()) return false;
  if (token.kind != HtmlToken::Kind::start_tag || token.attributes.size() == kMaxHtmlAttributes) return true;
  HtmlAttribute& attribute = token.attributes.emplace_back();
  attribute.name = name_of(name);
  append_decoded(attribute.value, with_nul_replaced(value), ReferencePlace::attribute);
  return true;
}

}  // namespace

bool read_tag(HtmlCursor& cursor, HtmlToken& token) {
  token.name = name_of(cursor.take_until_any(kNameEnds));
  for (;;) {
    cursor.skip_blanks();
    if (cursor.at_end()) return false;
    const char next = cursor.peek();
    const bool is_closing = next == '/' && cursor.peek(1) == '>';
    if (next == '>' || is_closing) {
      token.is_self_closing = is_closing;
      cursor.skip(is_closing ? 2 : 1);
      part_repeated(token);
      return true;
    }
    if (next == '/') {
      cursor.skip(1);
    } else if (!read_attribute(cursor, token)) {
      return false;
    }
  }
}

}  // namespace majlis::mail
