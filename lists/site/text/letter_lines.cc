#include "lists/site/text/letter_lines.h"

#include "base/text.h"
#include "base/wrap.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxLabelColumns = 12;  // "Subject: ", "Raison : "

// "${confirm_lines}", "${excerpt}${attached}"
bool is_nothing_but_values(std::string_view line) {
  while (line.starts_with("${") && line.find('}') != std::string_view::npos) line.remove_prefix(line.find('}') + 1);
  return line.empty();
}

// "----- Original message -----"
bool is_rule(std::string_view line) { return line.starts_with("---"); }

bool is_sentence(std::string_view line) {
  return !is_nothing_but_values(line) && !is_blank(line.front()) && !is_rule(line);
}

// The columns in front of the value of "From:    ${author}"; 0: it is no such line.
std::size_t label_columns(std::string_view line) {
  const std::string_view label = line.substr(0, line.find("${"));
  const bool is_label = label.size() < line.size() && label.ends_with(' ') && label.find(':') != std::string_view::npos;
  const std::size_t columns = columns_of(label);
  return is_label && columns <= kMaxLabelColumns ? columns : 0;
}

// Appends `line` up to where it is short enough, with `margin` before all but its first part; gives back what is left
// over where a part was broken off.
std::string append_wrapped(std::string& out, std::string line, const std::string& margin) {
  bool is_broken = false;
  for (std::size_t at = find_break(line, kLetterColumns); at != std::string::npos;
       at = find_break(line, kLetterColumns)) {
    out.append(line, 0, at).append("\n");
    line = margin + line.substr(at + 1);
    is_broken = true;
  }
  if (is_broken && margin.empty()) return line;
  out.append(line).append("\n");
  return {};
}

// A line into which a value of several lines was put: each for itself, in front of a sentence as they are.
void append_lines(std::string& out, std::string_view template_line, const std::string& filled,
                  const std::string& margin) {
  const std::size_t last = filled.rfind('\n') + 1;
  const bool is_in_front = template_line.starts_with("${");
  if (is_in_front) {
    out.append(filled, 0, last);
  } else {
    for (const std::string_view line : split_at(std::string_view(filled).substr(0, last - 1), '\n')) {
      const std::string rest = append_wrapped(out, std::string(line), margin);
      if (!rest.empty()) out.append(rest).append("\n");
    }
  }
  const std::string rest = append_wrapped(out, filled.substr(last), margin);
  if (!rest.empty()) out.append(rest).append("\n");
}

}  // namespace

std::string fill_in_letter(std::string_view text, const TextValues& values) {
  std::string out;
  std::string left_over;
  const auto end_paragraph = [&] {
    if (!left_over.empty()) out.append(left_over).append("\n");
    left_over.clear();
  };
  const bool ends_in_line = text.ends_with('\n');
  while (const auto line = next_line(text)) {
    std::string filled = fill_in(*line, values);
    const std::string margin(label_columns(*line), ' ');
    const bool has_lines = filled.find('\n') != std::string::npos;
    if (!is_sentence(*line) || has_lines || !margin.empty()) end_paragraph();
    if (!is_sentence(*line)) {
      out.append(filled).append("\n");
    } else if (has_lines) {
      append_lines(out, *line, filled, margin);
    } else {
      if (!left_over.empty()) filled = left_over + " " + filled;
      left_over = append_wrapped(out, std::move(filled), margin);
    }
  }
  end_paragraph();
  if (!ends_in_line && out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace majlis::lists
