#include "lists/site/config/content_values.h"

#include <algorithm>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/content_filter.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxEndingOctets = 40;
constexpr std::string_view kNotInEndings = "/\\:*?\"<>|;()[]";

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < '\x7F' && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  });
}

bool is_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  return text == "*" ||
         (slash != std::string_view::npos && is_token(text.substr(0, slash)) && is_token(text.substr(slash + 1)));
}

std::optional<Phrase> fault_in_types(std::string_view value) {
  if (equals_ignoring_case(value, "yes") || equals_ignoring_case(value, "no")) return {};
  for (const std::string_view piece : split_at(value, ',')) {
    if (!trim(piece).empty() && !is_type(trim(piece))) return fault_of(FaultId::no_media_type, trim(piece));
  }
  return {};
}

std::optional<Phrase> fault_in_endings(std::string_view value) {
  for (const std::string_view piece : split_at(value, ',')) {
    for (std::string_view word : split_words(piece)) {
      const std::string_view written = word;
      while (word.starts_with('.') || word.starts_with("*.")) word.remove_prefix(word.front() == '.' ? 1 : 2);
      const bool is_ending = !word.empty() && word.size() <= kMaxEndingOctets && !word.ends_with('.') &&
                             word.find_first_of(kNotInEndings) == std::string_view::npos;
      if (!is_ending) return fault_of(FaultId::no_file_ending, written);
    }
  }
  return {};
}

}  // namespace

std::optional<Phrase> fault_in_content_value(Setting setting, std::string_view value) {
  if (setting == Setting::attachments) return fault_in_types(value);
  if (setting == Setting::attachment_names) return fault_in_endings(value);
  if (setting == Setting::content_filter) return read_content_filter(value).fault;
  return {};
}

bool PermittedTypes::permit(std::string_view type) const {
  if (which != Which::listed) return which == Which::all;
  return std::any_of(types.begin(), types.end(), [&](std::string_view each) {
    return each.ends_with('*') ? type.starts_with(each.substr(0, each.size() - 1)) : type == each;
  });
}

PermittedTypes read_permitted_types(std::string_view value) {
  PermittedTypes permitted;
  const std::string lower = to_lower_ascii(trim(value));
  if (lower.empty() || lower == "yes") return permitted;
  permitted.which = lower == "no" ? PermittedTypes::Which::none : PermittedTypes::Which::listed;
  if (lower == "no") return permitted;
  for (const std::string_view piece : split_at(lower, ',')) {
    const std::string_view type = trim(piece);
    if (type == "*" || type == "*/*") permitted.which = PermittedTypes::Which::all;
    if (!type.empty()) permitted.types.emplace_back(type);
  }
  return permitted;
}

}  // namespace majlis::lists
