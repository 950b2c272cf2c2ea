#include "lists/site/config/header_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxKeywordOctets = 40;
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::array<std::string_view, 2> kPeople = {"owner", kEditorKeyword};

bool is_keyword_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; }

}  // namespace

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && is_blank(line[at])) ++at;
  return at;
}

std::optional<HeaderWord> keyword_at(std::string_view line, std::size_t at) {
  std::size_t end = at;
  while (end < line.size() && is_keyword_letter(line[end])) ++end;
  if (end == at || end - at > kMaxKeywordOctets) return std::nullopt;
  const std::string_view word = line.substr(at, end - at);
  const bool has_letter = std::any_of(word.begin(), word.end(), [](char c) { return c != '-' && c != '_'; });
  const std::size_t equals = skip_blanks(line, end);
  if (!has_letter || equals == line.size() || line[equals] != '=') return std::nullopt;
  return HeaderWord{to_lower_ascii(word), equals + 1};
}

std::size_t find_keyword(std::string_view line, std::size_t at) {
  for (; at < line.size(); ++at) {
    const bool begins_word = at == 0 || is_blank(line[at - 1]);
    if (begins_word && keyword_at(line, at)) return at;
  }
  return line.size();
}

std::size_t end_of_value(std::string_view line, std::size_t at) {
  bool is_quoted = false;
  for (; at < line.size(); ++at) {
    if (line[at] == '"') is_quoted = !is_quoted;
    if (!is_quoted && (line[at] == ',' || is_blank(line[at]))) break;
  }
  return at;
}

bool is_address_word(std::string_view word) {
  const bool is_quoted = word.size() > 1 && word.starts_with('"') && word.ends_with('"');
  return mail::Address::parse(is_quoted ? word.substr(1, word.size() - 2) : word).has_value();
}

bool begins_with_address(std::string_view line) { return is_address_word(line.substr(0, end_of_value(line, 0))); }

bool names_people(std::string_view keyword) {
  return std::find(kPeople.begin(), kPeople.end(), keyword) != kPeople.end();
}

std::size_t skip_remark(std::string_view line, std::size_t at) {
  std::size_t depth = 0;
  for (std::size_t end = at; end < line.size(); ++end) {
    if (line[end] == '(') ++depth;
    if (depth == 0) return at;
    if (line[end] == ')' && --depth == 0) return end + 1;
  }
  return at;
}

std::size_t find_password(std::string_view line) {
  std::size_t at = find_keyword(line, 0);
  while (at < line.size()) {
    const HeaderWord keyword = *keyword_at(line, at);
    if (keyword.name == kHeaderPassword) return at;
    at = find_keyword(line, keyword.value_at);
  }
  return at;
}

std::string with_breaking_blanks(std::string_view line) {
  std::string plain;
  plain.reserve(line.size());
  for (std::size_t at = line.find(kNoBreakSpace); at != std::string_view::npos; at = line.find(kNoBreakSpace)) {
    plain.append(line.substr(0, at)).append(" ");
    line.remove_prefix(at + kNoBreakSpace.size());
  }
  return plain.append(line);
}

bool is_ruler(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == '#' || c == '*' || c == '-' || c == '='; });
}

std::string_view content_of(std::string_view line) {
  line = trim(line);
  const bool has_sharp = line.size() > 1 && line.front() == '#' && is_blank(line[1]);
  if (line.starts_with('*') || has_sharp) line.remove_prefix(1);
  return trim(line);
}

std::optional<std::string_view> behind_word(std::string_view line, std::string_view word) {
  if (!starts_with_ignoring_case(line, word)) return std::nullopt;
  const std::string_view rest = line.substr(word.size());
  if (!rest.empty() && !is_blank(rest.front())) return std::nullopt;
  return trim(rest);
}

bool is_dot_line(std::string_view line) {
  return behind_word(line, kHideWord).has_value() || behind_word(line, kIncludeWord).has_value();
}

bool is_put_line(std::string_view line) {
  const std::vector<std::string_view> words = split_words(trim(line));
  if (words.size() < 2 || !equals_ignoring_case(words[0], "PUT")) return false;
  const bool is_file = words[1].size() > 5 && equals_ignoring_case(words[1].substr(words[1].size() - 5), ".LIST");
  return is_file || (words.size() > 2 && equals_ignoring_case(words[2], "LIST"));
}

}  // namespace majlis::lists
