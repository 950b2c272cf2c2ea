#include "mail/scan/content_field.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

// Where a quoted string and a comment begin and end, octet by octet.
class Quoting {
 public:
  // True when `c` stands outside quotes and comments (and begins neither).
  bool is_plain(char c) {
    if (escaped_) {
      escaped_ = false;
      return false;
    }
    if ((in_quotes_ || comment_depth_ > 0) && c == '\\') {
      escaped_ = true;
      return false;
    }
    if (in_quotes_) {
      if (c == '"') in_quotes_ = false;
      return false;
    }
    if (c == '(') ++comment_depth_;
    if (comment_depth_ > 0) {
      if (c == ')') --comment_depth_;
      return false;
    }
    if (c == '"') in_quotes_ = true;
    return !in_quotes_;
  }
  bool is_in_comment() const { return comment_depth_ > 0; }
  bool is_escape() const { return escaped_; }

 private:
  bool in_quotes_ = false;
  bool escaped_ = false;
  std::size_t comment_depth_ = 0;
};

// Cuts the text behind `at` up to the next ';' that separates; `at` moves behind it.
std::string_view next_piece(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  Quoting quoting;
  while (at < text.size() && !(quoting.is_plain(text[at]) && text[at] == ';')) ++at;
  const std::string_view piece = text.substr(begin, at - begin);
  if (at < text.size()) ++at;
  return piece;
}

// Quotes, escapes and comments undone.
std::string plain_value(std::string_view raw) {
  std::string value;
  Quoting quoting;
  for (const char c : raw) {
    const bool was_comment = quoting.is_in_comment();
    const bool was_escaped = quoting.is_escape();
    const bool plain = quoting.is_plain(c);
    if (was_comment || quoting.is_in_comment()) continue;
    if (plain || was_escaped || (c != '"' && !quoting.is_escape())) value += c;
  }
  return std::string(trim(value));
}

// "name*3*" into its pieces; a section that is no number belongs to the name.
void read_parameter_name(std::string_view written, Parameter& parameter) {
  if (!written.empty() && written.back() == '*') {
    parameter.extended = true;
    written.remove_suffix(1);
  }
  const std::size_t star = written.rfind('*');
  if (star != std::string_view::npos && written.size() - star <= 4) {
    if (const auto section = parse_number(written.substr(star + 1))) {
      parameter.section = static_cast<int>(*section);
      written = written.substr(0, star);
    }
  }
  parameter.name = to_lower_ascii(written);
}

void read_main_value(std::string_view piece, ContentField& field) {
  field.value = to_lower_ascii(plain_value(piece));
  const std::string_view written = trim(piece);
  field.is_irregular = written.find('(') != std::string_view::npos && written.find('(') <= field.value.size();
  const std::size_t slash = field.value.find('/');
  if (slash == std::string::npos) return;
  const std::string type(trim(std::string_view(field.value).substr(0, slash)));
  const std::string subtype(trim(std::string_view(field.value).substr(slash + 1)));
  if (type.size() + 1 + subtype.size() != field.value.size()) field.is_irregular = true;
  field.value = type + "/" + subtype.substr(0, subtype.find_first_of(" \t"));
}

constexpr std::array<std::string_view, 4> kDecisiveParameters = {"boundary", "charset", "name", "filename"};

// How often a reader that knows neither quotes nor comments could meet this parameter.
std::size_t naive_count(std::string_view text, std::string_view name) {
  std::size_t count = 0;
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1)) {
    std::size_t end = at;
    while (end > 0 && is_blank(text[end - 1])) --end;
    if (end <= name.size() || !equals_ignoring_case(text.substr(end - name.size(), name.size()), name)) continue;
    if (std::string_view(" \t;()").find(text[end - name.size() - 1]) != std::string_view::npos) ++count;
  }
  return count;
}

std::string charset_of(std::string_view extended) {
  const std::size_t first = extended.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : extended.find('\'', first + 1);
  return second == std::string_view::npos ? std::string() : std::string(extended.substr(0, first));
}

std::string_view without_charset(std::string_view extended) {
  const std::size_t first = extended.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : extended.find('\'', first + 1);
  return second == std::string_view::npos ? extended : extended.substr(second + 1);
}

}  // namespace

std::string unfold(std::string_view body, FoldBlanks fold_blanks) {
  std::string text;
  text.reserve(body.size());
  for (std::size_t at = 0; at < body.size(); ++at) {
    const bool crlf = body[at] == '\r' && at + 1 < body.size() && body[at + 1] == '\n';
    if (body[at] != '\n' && !crlf) {
      text += body[at];
      continue;
    }
    if (crlf) ++at;
    while (fold_blanks == FoldBlanks::drop && at + 1 < body.size() && is_blank(body[at + 1])) ++at;
  }
  return text;
}

ContentField parse_content_field(std::string_view text, std::size_t max_parameters) {
  ContentField field;
  std::size_t at = 0;
  read_main_value(next_piece(text, at), field);
  while (at < text.size()) {
    const std::string_view piece = next_piece(text, at);
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos) continue;
    if (field.parameters.size() == max_parameters) {
      field.is_cut = true;
      break;
    }
    Parameter parameter;
    read_parameter_name(plain_value(piece.substr(0, equals)), parameter);
    parameter.raw = std::string(trim(piece.substr(equals + 1)));
    parameter.value = plain_value(parameter.raw);
    field.parameters.push_back(std::move(parameter));
  }
  return field;
}

std::string decode_percent(std::string_view text) {
  const auto nibble = [](char c) {
    const std::size_t at = std::string_view("0123456789abcdef").find(to_lower_ascii(c));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? nibble(text[i + 1]) : -1;
    const int low = high >= 0 ? nibble(text[i + 2]) : -1;
    out += low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
    if (low >= 0) i += 2;
  }
  return out;
}

std::string decode_extended(std::string_view text) {
  return to_utf8(decode_percent(without_charset(text)), charset_of(text));
}

std::optional<std::string> parameter_value(const ContentField& field, std::string_view name) {
  std::vector<const Parameter*> sections;
  for (const Parameter& parameter : field.parameters) {
    if (parameter.name != name) continue;
    if (parameter.section < 0) {
      return parameter.extended ? decode_extended(parameter.value) : parameter.value;
    }
    sections.push_back(&parameter);
  }
  if (sections.empty()) return std::nullopt;
  std::stable_sort(sections.begin(), sections.end(),
                   [](const Parameter* a, const Parameter* b) { return a->section < b->section; });
  const bool has_charset = sections.front()->extended;
  std::string joined;
  for (const Parameter* section : sections) {
    std::string_view value = section->value;
    if (section == sections.front() && has_charset) value = without_charset(value);
    joined += section->extended ? decode_percent(value) : std::string(value);
  }
  return has_charset ? to_utf8(joined, charset_of(sections.front()->value)) : joined;
}

bool has_repeated_parameter(const ContentField& field, std::string_view text) {
  std::set<std::pair<std::string_view, int>> seen;
  std::set<std::string_view> whole, continued;
  for (const Parameter& parameter : field.parameters) {
    if (!seen.insert({parameter.name, parameter.section}).second) return true;
    (parameter.section < 0 ? whole : continued).insert(parameter.name);
  }
  for (const std::string_view name : whole) {
    if (continued.contains(name)) return true;
  }
  return std::any_of(kDecisiveParameters.begin(), kDecisiveParameters.end(),
                     [&](std::string_view name) { return naive_count(text, name) > 1; });
}

}  // namespace majlis::mail
