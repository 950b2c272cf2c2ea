#include "lists/site/config/header_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/value_lines.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxKeywordOctets = 40;
constexpr std::size_t kMaxColumns = 70;  // mail programs break longer lines
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kHideWord = ".HH";
constexpr std::string_view kIncludeWord = ".IK";
constexpr std::string_view kEditor = "editor";

struct Alias {
  std::string_view written;
  std::string_view meant;
};
constexpr std::array kAliases = {Alias{"attachment", "attachments"}, Alias{"moderator", kEditor}};

// Keywords whose values are people: where a blank between two addresses can only be meant as a comma.
constexpr std::array<std::string_view, 2> kPeople = {"owner", kEditor};

bool is_keyword_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; }

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && is_blank(line[at])) ++at;
  return at;
}

// The word before "=" that begins at `at`, and where its value begins.
struct Keyword {
  std::string name;  // lower case
  std::size_t value_at = 0;
};
std::optional<Keyword> keyword_at(std::string_view line, std::size_t at) {
  std::size_t end = at;
  while (end < line.size() && is_keyword_letter(line[end])) ++end;
  if (end == at || end - at > kMaxKeywordOctets) return std::nullopt;
  const std::string_view word = line.substr(at, end - at);
  const bool has_letter = std::any_of(word.begin(), word.end(), [](char c) { return c != '-' && c != '_'; });
  const std::size_t equals = skip_blanks(line, end);
  if (!has_letter || equals == line.size() || line[equals] != '=') return std::nullopt;
  return Keyword{to_lower_ascii(word), equals + 1};
}

// Where the next keyword of the line begins, or its end.
std::size_t find_keyword(std::string_view line, std::size_t at) {
  for (; at < line.size(); ++at) {
    const bool begins_word = at == 0 || is_blank(line[at - 1]);
    if (begins_word && keyword_at(line, at)) return at;
  }
  return line.size();
}

// One value: up to a comma or blank outside quotes.
std::size_t end_of_value(std::string_view line, std::size_t at) {
  bool is_quoted = false;
  for (; at < line.size(); ++at) {
    if (line[at] == '"') is_quoted = !is_quoted;
    if (!is_quoted && (line[at] == ',' || is_blank(line[at]))) break;
  }
  return at;
}

bool is_address(std::string_view word) {
  const bool is_quoted = word.size() > 1 && word.starts_with('"') && word.ends_with('"');
  return mail::Address::parse(is_quoted ? word.substr(1, word.size() - 2) : word).has_value();
}

bool begins_with_address(std::string_view line) { return is_address(line.substr(0, end_of_value(line, 0))); }

bool names_people(std::string_view keyword) {
  return std::find(kPeople.begin(), kPeople.end(), keyword) != kPeople.end();
}

// Where the text goes on behind "(a remark)" that begins at `at`.
std::size_t skip_remark(std::string_view line, std::size_t at) {
  std::size_t depth = 0;
  for (std::size_t end = at; end < line.size(); ++end) {
    if (line[end] == '(') ++depth;
    if (depth == 0) return at;
    if (line[end] == ')' && --depth == 0) return end + 1;
  }
  return at;
}

// Where "PW=" begins, or the end of the line.
std::size_t find_password(std::string_view line) {
  std::size_t at = find_keyword(line, 0);
  while (at < line.size()) {
    const Keyword keyword = *keyword_at(line, at);
    if (keyword.name == kHeaderPassword) return at;
    at = find_keyword(line, keyword.value_at);
  }
  return at;
}

// No-break spaces, as in printed examples, are blanks.
std::string with_plain_blanks(std::string_view line) {
  std::string plain;
  plain.reserve(line.size());
  for (std::size_t at = line.find(kNoBreakSpace); at != std::string_view::npos; at = line.find(kNoBreakSpace)) {
    plain.append(line.substr(0, at)).append(" ");
    line.remove_prefix(at + kNoBreakSpace.size());
  }
  return plain.append(line);
}

// "########", "--------"
bool is_ruler(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == '#' || c == '*' || c == '-' || c == '='; });
}

// What stands behind the '*' of a line; "# " is taken for one.
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

// "PUT CLUB-L LIST PW=...", "put club-l.list"
bool is_put_line(std::string_view line) {
  const std::vector<std::string_view> words = split_words(trim(line));
  if (words.size() < 2 || !equals_ignoring_case(words[0], "PUT")) return false;
  const bool is_file = words[1].size() > 5 && equals_ignoring_case(words[1].substr(words[1].size() - 5), ".LIST");
  return is_file || (words.size() > 2 && equals_ignoring_case(words[2], "LIST"));
}

class Scanner {
 public:
  ConfigText scan(std::string_view text) {
    if (text.size() > kMaxConfigOctets) {
      scanned_.problems.push_back(problem_in_line(0, fault_of_limit(FaultId::too_long, kMaxConfigOctets)));
      return std::move(scanned_);
    }
    while (const std::optional<std::string_view> line = next_line(text)) {
      const std::string plain = with_plain_blanks(*line);
      if (number_ == 0 && !is_begun_ && is_put_line(plain)) {
        is_begun_ = true;
        continue;
      }
      const std::string_view content = content_of(plain);
      if (number_ == 0 && content.empty()) continue;
      ++number_;
      if (trim(plain).starts_with('>')) {
        scanned_.problems.push_back(problem_in_line(number_, fault(FaultId::header_quoted)));
        return std::move(scanned_);
      }
      if (goes_on(content, content.size() < trim(plain).size())) {
        continue_values(content);
      } else if (!content.empty()) {
        read_line(content);
      }
      if (scanned_.assignments.size() == kMaxAssignments) {
        scanned_.problems.push_back(problem_in_line(number_, fault(FaultId::too_much)));
        break;
      }
    }
    const auto is_keyword = [](const Assignment& each) { return !each.key.starts_with('.'); };
    const std::vector<Assignment>& found = scanned_.assignments;
    if (std::none_of(found.begin(), found.end(), is_keyword)) {
      scanned_.problems.push_back(problem_in_line(0, fault(FaultId::header_empty)));
    }
    return std::move(scanned_);
  }

 private:
  bool goes_on(std::string_view content, bool has_mark) const {
    if (content.empty() || open_keyword_.empty() || keyword_at(content, 0)) return false;
    return !has_mark || (names_people(open_keyword_) && begins_with_address(content));
  }

  void read_line(std::string_view line) {
    open_keyword_.clear();
    const bool may_begin = !std::exchange(has_title_, has_title_ || may_be_title(line) || keyword_at(line, 0));
    if (may_begin && may_be_title(line)) {
      std::size_t at = find_password(line);
      add(kHeaderTitle, std::string(trim(line.substr(0, at))));
      while (at < line.size()) at = read_keyword(line, at);
      return;
    }
    if (const auto state = behind_word(line, kHideWord)) {
      const bool is_known = place_.find(kHeaderHidden) != place_.end();
      if (!is_known && !equals_ignoring_case(*state, "OFF")) add(kHeaderHidden, "ON");
      return;
    }
    if (const auto name = behind_word(line, kIncludeWord)) return add(kHeaderInclude, std::string(*name));
    std::size_t at = find_keyword(line, 0);
    const std::string_view text = trim(line.substr(0, at));
    if (!text.empty()) add(kHeaderText, std::string(text));
    while (at < line.size()) at = read_keyword(line, at);
  }

  // A mail program has broken the line behind a comma or "=".
  void continue_values(std::string_view line) {
    const std::string keyword = std::exchange(open_keyword_, "");
    std::string values;
    const std::size_t end = read_value_of(keyword, line, 0, values);
    add(keyword, std::move(values));
    for (std::size_t at = find_keyword(line, end); at < line.size();) at = read_keyword(line, at);
  }

  // Returns where the next keyword is.
  std::size_t read_keyword(std::string_view line, std::size_t at) {
    Keyword keyword = *keyword_at(line, at);
    const auto alias =
        std::find_if(kAliases.begin(), kAliases.end(), [&](const Alias& row) { return row.written == keyword.name; });
    if (alias != kAliases.end()) {
      note(keyword.name, fault(FaultId::header_alias, {{"meant", std::string(alias->meant)}}));
      keyword.name = alias->meant;
    }
    std::string values;
    at = read_value_of(keyword.name, line, keyword.value_at, values);
    add(keyword.name, std::move(values));
    return find_keyword(line, at);
  }

  // As read_values(), and notes whether they go on in the next line.
  std::size_t read_value_of(const std::string& keyword, std::string_view line, std::size_t at, std::string& values) {
    at = read_values(line, at, values);
    if (names_people(keyword) && !values.empty()) at = read_more_people(line, at, keyword, values);
    if (at == line.size() && (values.empty() || line.ends_with(','))) open_keyword_ = keyword;
    return at;
  }

  // Appends the values from `at` on, separated by commas; returns where they end.
  static std::size_t read_values(std::string_view line, std::size_t at, std::string& values) {
    for (;;) {
      at = skip_blanks(line, at);
      if (at == line.size() || keyword_at(line, at)) return at;
      const std::size_t end = end_of_value(line, at);
      if (!values.empty()) values += ',';
      values += line.substr(at, end - at);
      at = skip_blanks(line, end);
      if (at == line.size() || line[at] != ',') return end;
      ++at;
    }
  }

  std::size_t read_more_people(std::string_view line, std::size_t at, const std::string& keyword, std::string& values) {
    for (;;) {
      std::size_t begin = skip_blanks(line, skip_remark(line, skip_blanks(line, at)));
      const bool has_comma = begin < line.size() && line[begin] == ',';
      if (has_comma) begin = skip_blanks(line, begin + 1);
      if (begin == line.size() || keyword_at(line, begin)) return begin;
      const std::string_view word = line.substr(begin, end_of_value(line, begin) - begin);
      if (!has_comma && !is_address(word)) return at;
      if (!has_comma) note(keyword, fault_of(FaultId::header_blank, word));
      at = read_values(line, begin, values);
    }
  }

  void add(std::string_view key, std::string value) {
    while (!key.starts_with('.') && value.ends_with(',')) value.pop_back();  // empty places at the end mean nothing
    const auto [known, is_new] = place_.emplace(key, scanned_.assignments.size());
    if (is_new) {
      Assignment assignment;
      assignment.key = key;
      assignment.line = number_;
      assignment.value = std::move(value);
      assignment.value_lines = {number_};
      scanned_.assignments.push_back(std::move(assignment));
      return;
    }
    Assignment& assignment = scanned_.assignments[known->second];
    if (value.empty()) return;
    if (assignment.value.empty()) assignment.value_lines.clear();
    assignment.value += (assignment.value.empty() ? "" : "\n") + value;
    assignment.value_lines.push_back(number_);
  }

  void note(std::string_view keyword, Phrase phrase) {
    if (scanned_.notes.size() < kMaxConfigProblems) {
      scanned_.notes.push_back(problem_in_line(number_, about(keyword, std::move(phrase))));
    }
  }

  ConfigText scanned_;
  std::map<std::string, std::size_t, std::less<>> place_;  // of each keyword's assignment
  std::size_t number_ = 0;
  bool is_begun_ = false;
  std::string open_keyword_;  // whose values go on in the next line, unless that begins with '*'; "" = none
  bool has_title_ = false;    // or comes too late to have one
};

// "reply-to" as people know it.
std::string spelled(std::string_view keyword) {
  std::string word(keyword);
  bool begins = true;
  for (char& c : word) {
    if (begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    begins = c == '-' || c == '_';
  }
  return word;
}

std::string line_of(const Statement& statement, std::string_view value) {
  if (statement.keyword == kHeaderTitle || statement.keyword == kHeaderText) return "* " + std::string(value) + "\n";
  if (statement.keyword == kHeaderHidden) return "*" + std::string(kHideWord) + " " + std::string(value) + "\n";
  if (statement.keyword == kHeaderInclude) return "*" + std::string(kIncludeWord) + " " + std::string(value) + "\n";
  return "* " + spelled(statement.keyword) + "= " + std::string(value) + "\n";
}

}  // namespace

ConfigText scan_header(std::string_view text) { return Scanner().scan(text); }

std::string print_header(const std::vector<Statement>& statements) {
  std::string text;
  for (const Statement& statement : statements) {
    for (const std::string& line : split_lines(statement.value)) text += line_of(statement, line);
  }
  return text;
}

std::string in_short_lines(std::string_view keyword, std::string_view value) {
  const std::size_t head = std::string_view("* = ").size() + keyword.size();
  std::string lines;
  while (!value.empty()) {
    std::size_t end = value.size();
    bool is_quoted = false;
    for (std::size_t at = 1; head + value.size() > kMaxColumns && at < value.size(); ++at) {
      if (value[at] == '"') is_quoted = !is_quoted;
      if (value[at] != ',' || is_quoted) continue;
      if (head + at > kMaxColumns && end < value.size()) break;
      end = at;
    }
    lines.append(lines.empty() ? "" : "\n").append(value.substr(0, end));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return lines;
}

bool may_be_title(std::string_view line) {
  line = trim(line);
  return !line.empty() && line.front() != '*' && !is_ruler(line) && !is_put_line(line) && !is_dot_line(line) &&
         !keyword_at(line, 0);
}

bool may_be_free_text(std::string_view line) {
  line = trim(line);
  return !line.empty() && line.front() != '*' && !is_dot_line(line) && find_keyword(line, 0) == line.size();
}

}  // namespace majlis::lists
