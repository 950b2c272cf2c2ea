#include "foreign/python/literal.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/digit.h"
#include "base/text.h"
#include "base/unicode.h"
#include "foreign/python/escapes.h"
#include "foreign/python/number.h"
#include "foreign/python/text.h"

namespace majlis::foreign {
namespace {

Error wrong(std::string what) { return Error{ErrorKind::refused, std::move(what)}; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_quote(char c) { return c == '\'' || c == '"'; }
bool is_space(char c) { return is_blank(c) || c == '\n' || c == '\r'; }

struct Name {
  std::string_view word;
  std::int64_t number;
};
// Mailman 2.1's Defaults.py.
constexpr auto kActions = std::to_array<Name>({{"mm_cfg.DEFER", 0},
                                               {"mm_cfg.APPROVE", 1},
                                               {"mm_cfg.REJECT", 2},
                                               {"mm_cfg.DISCARD", 3},
                                               {"mm_cfg.ACCEPT", 6},
                                               {"mm_cfg.HOLD", 7}});

// Of a string: octets of its prefix (r, u, b, ur, br), or npos where none begins.
std::size_t prefix_length(std::string_view rest) {
  const std::string_view front = rest.substr(0, 3);
  const std::size_t letters = front.find_first_not_of("rRuUbB");
  return letters < front.size() && is_quote(front[letters]) ? letters : std::string_view::npos;
}

std::size_t run_length(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_not_of(text[at], at);
  return (end == std::string_view::npos ? text.size() : end) - at;
}

// Only \" is undone.
std::string undo_quotes(std::string_view inside) {
  std::string out;
  out.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size() && inside[i + 1] == '"') continue;
    out += inside[i];
  }
  return out;
}

}  // namespace

bool LiteralReader::take(std::string_view word) {
  if (!rest().starts_with(word)) return false;
  at_ += word.size();
  return true;
}

void LiteralReader::skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t", at_), text_.size()); }

void LiteralReader::skip_comment() {
  if (rest().starts_with('#')) at_ = std::min(text_.find('\n', at_), text_.size());
}

// Between values of a list.
void LiteralReader::skip_space() {
  while (at_ < text_.size()) {
    if (text_[at_] == '#') {
      skip_comment();
    } else if (is_space(text_[at_])) {
      ++at_;
    } else {
      return;
    }
  }
}

// Where the string that is open ends, npos: it does not. Where only quotes are escaped, a backslash in front of those
// that end the string is the value's last.
std::size_t LiteralReader::closing_quote(std::string_view quote, bool quotes_only) {
  bool& is_endless = endless_[quote.front() == '"' ? 1 : 0][quotes_only ? 1 : 0];
  if (quote.size() == 3 && is_endless) return std::string_view::npos;
  const auto ends_value = [&](std::size_t behind) {
    if (!quotes_only || !text_.substr(behind).starts_with(quote)) return false;
    const std::size_t end = behind + quote.size();
    return quote.size() == 3 ? run_length(text_, behind) == 3 : end == text_.size() || is_space(text_[end]);
  };
  for (std::size_t i = at_; i < text_.size(); ++i) {
    if (quote.size() == 1 && text_[i] == '\n') break;
    if (text_[i] == '\\') {
      const bool escapes = !quotes_only || text_.substr(i + 1).starts_with('"');
      if (escapes && !ends_value(i + 1)) ++i;
    } else if (text_.substr(i).starts_with(quote)) {
      return i;
    }
  }
  // No string that opens behind this one ends either, and none is looked through to the end of the text again.
  if (quote.size() == 3) is_endless = true;
  return std::string_view::npos;
}

Result<PythonValue> LiteralReader::read_one_string() {
  const std::string prefix = to_lower_ascii(rest().substr(0, prefix_length(rest())));
  at_ += prefix.size();
  const std::size_t length = rest().starts_with("\"\"\"") || rest().starts_with("\'\'\'") ? 3 : 1;
  const std::string_view quote = rest().substr(0, length);
  at_ += length;
  bool quotes_only = form_.quotes_only && depth_ == 0 && prefix.empty() && quote.front() == '"';
  // On one line config_list writes repr(), but for what is not ASCII.
  if (quotes_only && length == 1) quotes_only = !is_ascii(rest().substr(0, rest().find('\n')));
  const std::size_t end = closing_quote(quote, quotes_only);
  if (end == std::string_view::npos) return wrong("a string does not end");
  const std::string_view inside = text_.substr(at_, end - at_);
  at_ = end + length;
  if (quotes_only) return PythonValue::octets(storage_.keep(undo_quotes(inside)));
  const bool is_text = prefix.find('u') != std::string::npos;
  std::optional<std::string> value = std::string(inside);
  if (is_text) value = utf8_of(PythonValue::octets(inside), form_.charset);
  if (prefix.find('r') == std::string::npos) {
    value = undo_python_escapes(*value, is_text ? PythonQuoted::text : PythonQuoted::octets);
  }
  if (!value) return wrong("an escape in a string is cut short");
  const std::string_view kept = storage_.keep(std::move(*value));
  return is_text ? PythonValue::text(kept) : PythonValue::octets(kept);
}

// In brackets 'a' 'b' is 'ab', text when one of them is.
Result<PythonValue> LiteralReader::read_string() {
  const Result<PythonValue> first = read_one_string();
  if (!first || depth_ == 0) return first;
  skip_space();
  if (prefix_length(rest()) == std::string_view::npos) return first;
  std::string joined(*first->as_octets());
  bool is_text = first->is(PythonKind::text);
  while (prefix_length(rest()) != std::string_view::npos) {
    const Result<PythonValue> next = read_one_string();
    if (!next) return next;
    joined += *next->as_octets();
    is_text = is_text || next->is(PythonKind::text);
    skip_space();
  }
  const std::string_view kept = storage_.keep(std::move(joined));
  return is_text ? PythonValue::text(kept) : PythonValue::octets(kept);
}

Result<PythonValue> LiteralReader::read_number() {
  const std::size_t length = std::min(rest().find_first_not_of("+-.0123456789eE"), rest().size());
  std::string_view word = rest().substr(0, length);
  at_ += length;
  const bool is_long = take("L");
  const std::string_view digits = word.substr(word.starts_with('-') ? 1 : 0);
  if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) return wrong("a number is octal in Python 2");
  if (const auto whole = whole_number<std::int64_t>(word)) return PythonValue::integer(*whole);
  const auto real = is_long ? std::nullopt : whole_number<double>(word);
  if (!real) return wrong("a number is none, or has more than 64 bits");
  return PythonValue::real(*real);
}

Result<PythonValue> LiteralReader::read_word() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
  const std::string_view word = text_.substr(begin, at_ - begin);
  if (word == "None") return PythonValue();
  if (word == "True" || word == "False") return PythonValue::boolean(word == "True");
  const auto* const action =
      std::find_if(kActions.begin(), kActions.end(), [&](const Name& each) { return each.word == word; });
  if (action != kActions.end()) return PythonValue::integer(action->number);
  return wrong("\"" + printable(word, 40) + "\" is no value: nothing is calculated or called");
}

// The bracket is open. Of a dict ':' stands between key and value.
Result<PythonValue> LiteralReader::read_items(PythonKind kind, char close) {
  if (depth_ == kMaxLiteralDepth) return wrong("it is nested too deeply");
  ++depth_;
  std::vector<PythonValue> items;
  bool commas = false;
  for (skip_space(); !take({&close, 1}); skip_space()) {
    if (!items.empty() && !take(",")) return wrong(std::string("a comma or \"") + close + "\" is missing");
    commas = commas || !items.empty();
    skip_space();
    if (take({&close, 1})) break;
    Result<PythonValue> item = read();
    if (!item) return item;
    items.push_back(*item);
    if (kind != PythonKind::dict) continue;
    skip_space();
    if (!take(":")) return wrong("a key has no value");
    skip_space();
    item = read();
    if (!item) return item;
    items.push_back(*item);
  }
  --depth_;
  if (kind == PythonKind::tuple && items.size() == 1 && !commas) return items.front();  // (1) is 1
  PythonContainer& content = storage_.new_container();
  content.items = std::move(items);
  return PythonValue::container(kind, content);
}

Result<PythonValue> LiteralReader::read() {
  skip_blanks();
  if (rest().empty()) return wrong("a value is missing");
  if (prefix_length(rest()) != std::string_view::npos) return read_string();
  if (take("[")) return read_items(PythonKind::list, ']');
  if (take("(")) return read_items(PythonKind::tuple, ')');
  if (take("{")) return read_items(PythonKind::dict, '}');
  const char first = rest().front();
  if (is_digit(first) || first == '-' || first == '.') return read_number();
  if (is_letter(first)) return read_word();
  return wrong("a value cannot begin with \"" + printable(rest().substr(0, 1)) + "\"");
}

void LiteralReader::skip_statement() {
  depth_ = 1;  // strings are read as in brackets
  while (at_ < text_.size() && text_[at_] != '\n') {
    const bool is_string = is_quote(text_[at_]);
    if (!is_string) ++at_;
    if (is_string && !read_one_string()) at_ = std::min(text_.find('\n', at_), text_.size());
    skip_comment();
  }
  depth_ = 0;
}

}  // namespace majlis::foreign
