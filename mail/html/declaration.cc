#include "mail/html/declaration.h"

#include <array>

namespace majlis::mail {
namespace {

constexpr std::string_view kDoctype = "doctype";
constexpr std::size_t kKeywordOctets = 6;

void skip_behind(HtmlCursor& cursor, char end) {
  cursor.take_until_any(std::string_view(&end, 1));
  cursor.skip(1);
}

// Where the comment that begins here ends: "-->" or "--!>"; npos when it does not.
std::size_t end_of_comment(std::string_view text) {
  for (std::size_t at = text.find("--"); at != std::string_view::npos; at = text.find("--", at + 1)) {
    const std::string_view behind = text.substr(at + 2, 2);
    if (behind.starts_with('>') || behind == "!>") return at;
  }
  return std::string_view::npos;
}

// Behind "<!--".
void read_comment(HtmlCursor& cursor, HtmlToken& token) {
  token.kind = HtmlToken::Kind::comment;
  for (const std::string_view whole : {">", "->"}) {
    if (!cursor.rest().starts_with(whole)) continue;
    cursor.skip(whole.size());
    return;
  }
  const std::size_t end = end_of_comment(cursor.rest());
  if (end != std::string_view::npos) {
    token.text = with_nul_replaced(cursor.take_until(cursor.position() + end));
    skip_behind(cursor, '>');
    return;
  }
  std::string_view text = cursor.rest();
  for (const std::string_view begun : {"--!", "--", "-"}) {
    if (!text.ends_with(begun)) continue;
    text.remove_suffix(begun.size());
    break;
  }
  token.text = with_nul_replaced(text);
  cursor.skip(cursor.rest().size());
}

// What comes next in a doctype, blanks skipped.
enum class Next { end, quote, other };

// `end`: the doctype is over, one way or the other.
Next next_of(HtmlCursor& cursor, HtmlToken& token) {
  cursor.skip_blanks();
  if (cursor.at_end()) {
    token.needs_quirks = true;
    return Next::end;
  }
  if (cursor.peek() == '>') {
    cursor.skip(1);
    return Next::end;
  }
  return cursor.peek() == '"' || cursor.peek() == '\'' ? Next::quote : Next::other;
}

// A quoted identifier. false when '>' or the end of the page stands in it: then the doctype is over.
bool read_identifier(HtmlCursor& cursor, HtmlToken& token, std::optional<std::string>& identifier) {
  const std::array<char, 2> ends = {cursor.peek(), '>'};
  cursor.skip(1);
  identifier = with_nul_replaced(cursor.take_until_any({ends.data(), ends.size()}));
  const bool is_whole = !cursor.at_end() && cursor.peek() == ends[0];
  if (!is_whole) token.needs_quirks = true;
  cursor.skip(1);
  return is_whole;
}

void give_up(HtmlCursor& cursor, HtmlToken& token) {
  token.needs_quirks = true;
  skip_behind(cursor, '>');
}

// Behind the keyword SYSTEM, or behind a public identifier.
enum class SystemId { required, optional };
void read_system_id(HtmlCursor& cursor, HtmlToken& token, SystemId wanted) {
  switch (next_of(cursor, token)) {
    case Next::end: token.needs_quirks = token.needs_quirks || wanted == SystemId::required; return;
    case Next::other: return give_up(cursor, token);
    case Next::quote: break;
  }
  if (!read_identifier(cursor, token, token.system_id)) return;
  if (next_of(cursor, token) != Next::end) skip_behind(cursor, '>');
}

void read_public_id(HtmlCursor& cursor, HtmlToken& token) {
  switch (next_of(cursor, token)) {
    case Next::end: token.needs_quirks = true; return;
    case Next::other: return give_up(cursor, token);
    case Next::quote: break;
  }
  if (read_identifier(cursor, token, token.public_id)) read_system_id(cursor, token, SystemId::optional);
}

// Behind "<!DOCTYPE".
void read_doctype(HtmlCursor& cursor, HtmlToken& token) {
  token.kind = HtmlToken::Kind::doctype;
  if (next_of(cursor, token) == Next::end) {
    token.needs_quirks = true;
    return;
  }
  token.name = to_lower_ascii(with_nul_replaced(cursor.take_until_any(" \t\n\f>")));
  if (next_of(cursor, token) == Next::end) return;
  const std::string_view keyword = cursor.rest().substr(0, kKeywordOctets);
  const bool is_public = equals_ignoring_case(keyword, "PUBLIC");
  if (!is_public && !equals_ignoring_case(keyword, "SYSTEM")) return give_up(cursor, token);
  cursor.skip(kKeywordOctets);
  if (is_public) {
    read_public_id(cursor, token);
  } else {
    read_system_id(cursor, token, SystemId::required);
  }
}

}  // namespace

void read_bogus_comment(HtmlCursor& cursor, HtmlToken& token) {
  token.kind = HtmlToken::Kind::comment;
  token.text = with_nul_replaced(cursor.take_until_any(">"));
  cursor.skip(1);
}

void read_declaration(HtmlCursor& cursor, HtmlToken& token) {
  if (cursor.rest().starts_with("--")) {
    cursor.skip(2);
    return read_comment(cursor, token);
  }
  if (starts_with_ignoring_case(cursor.rest(), kDoctype)) {
    cursor.skip(kDoctype.size());
    return read_doctype(cursor, token);
  }
  read_bogus_comment(cursor, token);
}

}  // namespace majlis::mail
