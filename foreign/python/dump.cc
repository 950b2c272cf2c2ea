#include "foreign/python/dump.h"

#include <algorithm>
#include <utility>

#include "base/digit.h"
#include "base/text.h"
#include "foreign/python/literal.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_line_end(std::string_view rest) { return rest.empty() || rest.starts_with('\n') || rest.starts_with("\r\n"); }

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c); }

// The value of "-*- coding: NAME -*-" (PEP 263), lower case; "" where there is none.
std::string coding_of(std::string_view line) {
  const std::size_t word = line.find("coding");
  if (!line.starts_with('#') || word == std::string_view::npos) return "";
  line.remove_prefix(word + std::string_view("coding").size());
  if (!line.starts_with(':') && !line.starts_with('=')) return "";
  line = trim(line.substr(1));
  return to_lower_ascii(line.substr(0, line.find_first_of(" \t;")));
}

std::string charset_of(std::string_view text) {
  for (int i = 0; i < 2; ++i) {
    const auto line = next_line(text);
    std::string coding = line ? coding_of(*line) : "";
    if (!coding.empty()) return coding;
  }
  return "us-ascii";
}

// Its words are translated, its shape is not.
bool is_of_config_list(std::string_view text) {
  bool python = false;
  bool title = false;
  while (const auto line = next_line(text)) {
    if (!line->starts_with('#')) return python && title && trim(*line).empty();
    python = python || line->find("-*- python -*-") != std::string_view::npos;
    title = title || line->starts_with("## ");
  }
  return python && title;
}

class DumpReader {
 public:
  DumpReader(std::string_view text, Dump& dump)
      : text_(text), dump_(dump), literals_(text, LiteralForm{dump.charset, is_of_config_list(text)}, dump.storage) {}

  void read();

 private:
  std::string_view rest() const { return text_.substr(literals_.at()); }
  std::size_t line_at(std::size_t at);
  void read_line();
  void read_statement(std::size_t line);
  void complain(std::size_t line, std::string what);

  std::string_view text_;
  Dump& dump_;
  LiteralReader literals_;
  std::size_t counted_to_ = 0;
  std::size_t line_ = 1;
  bool in_problem_ = false;  // indented lines and closing brackets behind a problem belong to it
};

std::size_t DumpReader::line_at(std::size_t at) {
  line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_to_),
                                               text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  counted_to_ = at;
  return line_;
}

void DumpReader::complain(std::size_t line, std::string what) {
  in_problem_ = true;
  literals_.skip_statement();
  dump_.problems.push_back({line, std::move(what)});
  if (dump_.problems.size() + 1 == kMaxDumpProblems) {
    dump_.problems.push_back({line, "too much is wrong: nothing behind this line was read"});
  }
}

void DumpReader::read_statement(std::size_t line) {
  const std::string_view behind = rest();
  const auto* const end = std::find_if_not(behind.begin(), behind.end(), is_name_letter);
  const std::string_view name = behind.substr(0, static_cast<std::size_t>(end - behind.begin()));
  literals_.skip(name.size());
  literals_.skip_blanks();
  if (name.empty() || is_digit(name[0]) || !rest().starts_with('=') || rest().starts_with("==")) {
    return complain(line, "no assignment of a value to a setting; nothing else is read, and nothing is executed");
  }
  literals_.skip(1);
  const Result<PythonValue> value = literals_.read();
  if (!value) return complain(line_at(literals_.at()), std::string(name) + ": " + value.error().what);
  literals_.skip_blanks();
  literals_.skip_comment();
  if (!is_line_end(rest())) {
    return complain(line_at(literals_.at()), std::string(name) + ": something stands behind the value");
  }
  in_problem_ = false;
  dump_.assignments.push_back({name, *value, line});
}

void DumpReader::read_line() {
  const std::size_t line = line_at(literals_.at());
  const bool is_inside = std::string_view(" \t)]}").find(rest().front()) != std::string_view::npos;
  literals_.skip_blanks();
  literals_.skip_comment();
  if (!is_line_end(rest())) {
    if (!is_inside) {
      read_statement(line);
    } else if (in_problem_) {
      literals_.skip_statement();
    } else {
      complain(line, "an indented line belongs to no assignment");
    }
  }
  literals_.skip(std::min(rest().find('\n'), rest().size()));
  if (!rest().empty()) literals_.skip(1);
}

void DumpReader::read() {
  while (!rest().empty() && dump_.problems.size() < kMaxDumpProblems) read_line();
}

}  // namespace

Dump read_dump(std::string_view text) {
  Dump dump;
  if (text.size() > kMaxDumpOctets) {
    dump.problems.push_back({1, "the file has more than " + std::to_string(kMaxDumpOctets) + " octets"});
    return dump;
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  dump.charset = charset_of(text);
  DumpReader(text, dump).read();
  return dump;
}

}  // namespace majlis::foreign
