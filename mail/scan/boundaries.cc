#include "mail/scan/boundaries.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kHeadOctets = sizeof(std::uint64_t);

std::uint64_t head_of(std::string_view text) {
  std::uint64_t head = 0;
  std::memcpy(&head, text.data(), std::min(text.size(), kHeadOctets));
  return head;
}

std::uint64_t tail_of(std::string_view text) {
  return text.size() > kHeadOctets ? head_of(text.substr(text.size() - kHeadOctets)) : 0;
}

std::uint64_t mask_for(std::size_t octets) {
  std::uint64_t mask = 0;
  std::memset(&mask, 0xFF, std::min(octets, kHeadOctets));
  return mask;
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z');
}

std::string_view without_trailing_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

void Boundaries::push(std::string boundary, int part, Notes& notes) {
  for (const Open& open : open_) {
    if (open.boundary.starts_with(boundary) || boundary.starts_with(open.boundary)) {
      notes.add(Ambiguity::boundary_prefix);
    }
  }
  Open open;
  open.head = head_of(boundary);
  open.mask = mask_for(boundary.size());
  open.tail = tail_of(boundary);
  open.boundary = std::move(boundary);
  open.part = part;
  open_.push_back(std::move(open));
}

Boundaries::Match Boundaries::match(std::string_view line, Notes& notes) const {
  line.remove_prefix(2);
  const std::uint64_t head = head_of(line);
  bool goes_on = false;
  for (std::size_t level = open_.size(); level-- > 0;) {
    const Open& open = open_[level];
    const std::size_t size = open.boundary.size();
    if (((head ^ open.head) & open.mask) != 0 || line.size() < size || tail_of(line.substr(0, size)) != open.tail) {
      continue;
    }
    if (!line.starts_with(open.boundary)) continue;
    const std::string_view rest = without_trailing_blanks(line.substr(open.boundary.size()));
    if (rest.empty()) return {Kind::delimiter, level, goes_on};
    if (rest == "--") return {Kind::closing, level, goes_on};
    notes.add(Ambiguity::boundary_prefix);
    goes_on = true;
  }
  return {Kind::none, 0, goes_on};
}

bool is_boundary_octet(char c) {
  return is_alphanumeric(c) || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

bool looks_like_delimiter(std::string_view line) {
  constexpr std::size_t kLongest = 2 + 70 + 2;
  if (!line.starts_with("--")) return false;
  line = without_trailing_blanks(line);
  if (line.size() > kLongest) return false;
  const bool allowed =
      std::all_of(line.begin(), line.end(), [](char c) { return is_boundary_octet(c) && !is_blank(c); });
  return allowed && std::any_of(line.begin(), line.end(), is_alphanumeric);
}

}  // namespace majlis::mail
