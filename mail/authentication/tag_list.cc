#include "mail/authentication/tag_list.h"

#include <algorithm>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

bool is_fold(char c) { return is_blank(c) || c == '\r' || c == '\n'; }

bool is_letter(char c) {
  const char lower = to_lower_ascii(c);
  return lower >= 'a' && lower <= 'z';
}

bool is_tag_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

std::optional<TagList> TagList::parse(std::string_view text) {
  TagList list;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string_view piece = text.substr(at, end - at);
    const std::size_t equals = piece.find('=');
    const bool is_last = end == text.size();
    if (is_last && trim(piece).empty()) break;
    if (equals == std::string_view::npos || list.tags_.size() == kMaxTags) return std::nullopt;
    const Tag tag{trim(piece.substr(0, equals)), trim(piece.substr(equals + 1)), at + equals + 1, end};
    if (!is_tag_name(tag.name) || list.find(tag.name) != nullptr) return std::nullopt;
    list.tags_.push_back(tag);
    at = end + 1;
  }
  return list;
}

const Tag* TagList::find(std::string_view name) const {
  const auto found = std::find_if(tags_.begin(), tags_.end(), [&](const Tag& tag) { return tag.name == name; });
  return found == tags_.end() ? nullptr : &*found;
}

std::string_view TagList::value(std::string_view name, std::string_view otherwise) const {
  const Tag* tag = find(name);
  return tag == nullptr ? otherwise : tag->value;
}

std::string without_blanks(std::string_view value) {
  std::string kept;
  std::copy_if(value.begin(), value.end(), std::back_inserter(kept), [](char c) { return !is_fold(c); });
  return kept;
}

std::vector<std::string> split_at_colons(std::string_view value) {
  std::vector<std::string> pieces;
  for (const std::string_view piece : split_at(value, ':')) pieces.push_back(without_blanks(piece));
  return pieces;
}

std::optional<std::string> strict_base64(std::string_view value) {
  bool canonical = false;
  std::string octets = decode_base64(value, &canonical);
  if (!canonical || octets.empty()) return std::nullopt;
  return octets;
}

}  // namespace majlis::mail
