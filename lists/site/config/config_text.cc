#include "lists/site/config/config_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxKeyOctets = 64;
constexpr std::size_t kKeyColumns = 20;
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool is_key(std::string_view key) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  return !key.empty() && key.size() <= kMaxKeyOctets && std::all_of(key.begin(), key.end(), fits);
}

// As trim(). Printed examples, and what is copied from them, have no-break spaces in the place of blanks.
std::string_view trim_printed(std::string_view text) {
  for (;;) {
    text = trim(text);
    if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else {
      return text;
    }
  }
}

// Walks over the lines of a text and knows where it is.
class Lines {
 public:
  enum class Marks { none, ours };  // whether every line is behind kOursMark

  explicit Lines(std::string_view text) : text_(text), rest_(text) {}

  std::optional<std::string_view> next() {
    begin_ = position();
    ++number_;
    return next_line(rest_);
  }
  // The same in a here-text; nullopt also for a line without the mark it should have.
  std::optional<std::string_view> next(Marks marks) {
    const std::optional<std::string_view> line = next();
    if (!line || marks == Marks::none) return line;
    const std::string_view content = trim(*line);
    if (!content.starts_with(kOursMark)) return std::nullopt;
    return line->substr(line->find(kOursMark) + kOursMark.size());
  }
  std::size_t number() const { return number_; }
  std::size_t begin() const { return begin_; }  // of the line last read
  std::size_t position() const { return text_.size() - rest_.size(); }

 private:
  std::string_view text_;
  std::string_view rest_;
  std::size_t begin_ = 0;
  std::size_t number_ = 0;
};

// A line of a here-text as it counts. Of "-- ", which begins a signature in mail, the blank is kept, escaped or not.
std::string_view content_of(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  const std::string_view indented = line.substr(begin);
  return indented == kSignatureLine || indented == escape_line(kSignatureLine) ? indented : trim(line);
}

// Reads up to the line that is `tag`; false when there is none.
bool read_here_text(Lines& lines, Lines::Marks marks, std::string_view tag, std::string& value) {
  std::size_t used = 0;  // up to the last line that is not blank
  bool is_first = true;
  while (const std::optional<std::string_view> line = lines.next(marks)) {
    const std::string_view content = content_of(*line);
    if (trim_printed(content) == tag) {
      value.resize(used);
      return true;
    }
    if (!std::exchange(is_first, false)) value += '\n';
    value += content;
    if (!content.empty()) used = value.size();
  }
  return false;
}

// The first word only: what follows may be a password.
std::string_view first_word(std::string_view content) {
  const std::vector<std::string_view> words = split_words(content.substr(0, kMaxKeyOctets));
  return words.empty() ? content.substr(0, kMaxKeyOctets) : words.front();
}

// What is wrong with the line; otherwise `found` is complete.
std::optional<Phrase> read_assignment(std::string_view line, Lines::Marks marks, Lines& lines, Assignment& found) {
  const std::size_t hash = line.find('#');
  if (hash != std::string_view::npos) found.comment = trim(line.substr(hash));
  const std::string_view content = trim_printed(line.substr(0, hash));
  const std::size_t key_end = std::min(content.find_first_of(" \t=<"), content.find(kNoBreakSpace));
  found.key = to_lower_ascii(content.substr(0, key_end));
  const std::string_view behind = key_end == std::string_view::npos ? "" : trim_printed(content.substr(key_end));
  const bool is_here_text = behind.starts_with("<<");
  if (!is_key(found.key) || (!is_here_text && !behind.starts_with('='))) {
    return fault_of(FaultId::no_assignment, first_word(content));
  }
  if (!is_here_text) {
    found.value = trim_printed(behind.substr(1));
    return {};
  }
  found.is_here_text = true;
  const std::string_view tag = trim_printed(behind.substr(2));
  if (tag.empty()) return about(found.key, fault(FaultId::no_end_tag));
  if (!read_here_text(lines, marks, tag, found.value)) {
    return about(found.key, fault(FaultId::text_not_ended, {{"tag", printable_utf8(tag, kMaxKeyOctets)}}));
  }
  return {};
}

}  // namespace

ConfigText scan_config(std::string_view text) {
  ConfigText scanned;
  if (text.size() > kMaxConfigOctets) {
    scanned.problems.push_back(problem_in_line(0, fault_of_limit(FaultId::too_long, kMaxConfigOctets)));
    return scanned;
  }
  Lines lines(text);
  while (const std::optional<std::string_view> line = lines.next()) {
    std::string_view content = trim_printed(*line);
    const auto marks = content.starts_with(kOursMark) ? Lines::Marks::ours : Lines::Marks::none;
    if (marks == Lines::Marks::ours) content = trim_printed(content.substr(kOursMark.size()));
    if (content.empty() || content.front() == '#') continue;
    Assignment found;
    found.line = lines.number();
    found.begin = lines.begin();
    std::optional<Phrase> problem = read_assignment(content, marks, lines, found);
    found.end = lines.position();
    if (scanned.assignments.size() == kMaxAssignments || scanned.problems.size() == kMaxConfigProblems) {
      scanned.problems.push_back(problem_in_line(found.line, fault(FaultId::too_much)));
      return scanned;
    }
    if (problem) {
      scanned.problems.push_back(problem_in_line(found.line, std::move(*problem)));
    } else {
      scanned.assignments.push_back(std::move(found));
    }
  }
  return scanned;
}

bool is_foreign_secret(std::string_view lower_case_key) {
  return lower_case_key.find("passw") != std::string_view::npos;
}

std::string format_assignment(std::string_view key, std::string_view value, std::string_view comment) {
  std::string line(key);
  line.resize(std::max(kKeyColumns, key.size() + 1), ' ');
  line += "=";
  if (!value.empty()) line += "   " + std::string(value);
  if (!comment.empty()) line += "  " + std::string(comment);
  return line + "\n";
}

std::string format_here_text(std::string_view key, const std::vector<std::string>& lines) {
  std::string tag = "END";
  const auto is_taken = [&] { return std::find(lines.begin(), lines.end(), tag) != lines.end(); };
  for (std::size_t i = 1; is_taken(); ++i) tag = "END" + std::to_string(i);
  std::string text(key);
  text.resize(std::max(kKeyColumns, key.size() + 1), ' ');
  text += "<<  " + tag + "\n";
  for (const std::string& line : lines) text += line + "\n";
  return text + tag + "\n";
}

}  // namespace majlis::lists
