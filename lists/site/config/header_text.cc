#include "lists/site/config/header_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/header_words.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxColumns = 70;  // mail programs break longer lines

struct Alias {
  std::string_view written;
  std::string_view meant;
};
constexpr std::array kAliases = {Alias{"attachment", "attachments"}, Alias{"moderator", kEditorKeyword}};

class Scanner {
 public:
  ConfigText scan(std::string_view text) {
    if (text.size() > kMaxConfigOctets) {
      scanned_.problems.push_back(problem_in_line(0, fault_of_limit(FaultId::too_long, kMaxConfigOctets)));
      return std::move(scanned_);
    }
    while (const std::optional<std::string_view> line = next_line(text)) {
      const std::string plain = with_breaking_blanks(*line);
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
    HeaderWord keyword = *keyword_at(line, at);
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
      if (!has_comma && !is_address_word(word)) return at;
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
