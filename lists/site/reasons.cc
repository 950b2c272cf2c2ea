#include "lists/site/reasons.h"

#include <optional>

#include "base/text.h"
#include "lists/site/texts.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kBetween = "; ";
constexpr std::string_view kArrow = " => ";

// What stands for each ${word} of `form` in `text`; nullopt when it does not have that form.
std::optional<TextValues> match_form(std::string_view form, std::string_view text) {
  TextValues values;
  std::string_view name;
  while (true) {
    const std::size_t begin = form.find("${");
    const std::string_view literal = form.substr(0, begin);
    const bool is_last = begin == std::string_view::npos;
    std::size_t at = name.empty() ? 0 : text.find(literal);
    if (is_last && !name.empty()) at = text.ends_with(literal) ? text.size() - literal.size() : std::string_view::npos;
    if (at == std::string_view::npos || !text.substr(at).starts_with(literal)) return std::nullopt;
    if (!name.empty()) values.insert_or_assign(std::string(name), std::string(text.substr(0, at)));
    text.remove_prefix(at + literal.size());
    if (is_last) return text.empty() ? std::optional(values) : std::nullopt;
    const std::size_t end = form.find('}', begin);
    if (end == std::string_view::npos) return std::nullopt;
    name = form.substr(begin + 2, end - begin - 2);
    form.remove_prefix(end + 1);
  }
}

std::string translate_one(std::string_view lines, std::string_view reason) {
  while (const auto line = next_line(lines)) {
    const std::size_t arrow = line->find(kArrow);
    if (arrow == std::string_view::npos) continue;
    const std::optional<TextValues> values = match_form(line->substr(0, arrow), reason);
    if (values) return fill_in(line->substr(arrow + kArrow.size()), *values);
  }
  return std::string(reason);
}

}  // namespace

std::string translated_reason(std::string_view lines, std::string_view reason) {
  std::string translated;
  while (true) {
    const std::size_t end = reason.find(kBetween);
    translated += translate_one(lines, reason.substr(0, end));
    if (end == std::string_view::npos) return translated;
    translated += kBetween;
    reason.remove_prefix(end + kBetween.size());
  }
}

std::string reason_in(const Site& site, std::string_view language, std::string_view reason) {
  return translated_reason(render_text(site, language, "part_reasons", {}).body, reason);
}

}  // namespace majlis::lists
