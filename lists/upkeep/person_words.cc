#include "lists/upkeep/person_words.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMinNameOctets = 2;
constexpr std::string_view kBetweenWords = " \t\r\n";

bool is_of_word(char c) {
  const char lower = to_lower_ascii(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::string_view kInsideAddresses = "@._-+";

// Whether what stands there goes on a word, or an address: "carl@" and "carl.q" are no "carl", "carl." is.
bool goes_on(std::string_view behind) {
  if (behind.empty()) return false;
  if (is_of_word(behind.front()) || behind.front() == '@') return true;
  return behind.size() > 1 && kInsideAddresses.find(behind.front()) != std::string_view::npos && is_of_word(behind[1]);
}

bool leads_on(std::string_view in_front) {
  if (in_front.empty()) return false;
  const char last = in_front.back();
  if (is_of_word(last) || last == '@') return true;
  const bool is_between = in_front.size() > 1 && kInsideAddresses.find(last) != std::string_view::npos;
  return is_between && is_of_word(in_front[in_front.size() - 2]);
}

// Where a name ends that begins at `at`; npos: none does.
std::size_t end_of_name(std::string_view text, std::size_t at, std::string_view name) {
  for (const char c : name) {
    if (c == ' ') {
      const std::size_t next = text.find_first_not_of(kBetweenWords, at);
      if (next == at || next == std::string_view::npos) return std::string_view::npos;
      at = next;
      continue;
    }
    if (at >= text.size() || to_lower_ascii(text[at]) != to_lower_ascii(c)) return std::string_view::npos;
    ++at;
  }
  return goes_on(text.substr(at)) ? std::string_view::npos : at;
}

void find_name(std::string_view text, std::string_view name, std::vector<mail::TextRange>& found) {
  const std::string first_word(name.substr(0, name.find(' ')));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = find_ignoring_case(text.substr(at), first_word);
    if (here == std::string_view::npos) return;
    at += here;
    const std::size_t end = leads_on(text.substr(0, at)) ? std::string_view::npos : end_of_name(text, at, name);
    if (end != std::string_view::npos) found.push_back({at, end});
    at = end != std::string_view::npos ? end : at + 1;
  }
}

// In order, one for those that overlap.
void join(std::vector<mail::TextRange>& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::vector<mail::TextRange> joined;
  for (const mail::TextRange& range : ranges) {
    if (joined.empty() || range.begin >= joined.back().end) {
      joined.push_back(range);
    } else {
      joined.back().end = std::max(joined.back().end, range.end);
    }
  }
  ranges = std::move(joined);
}

}  // namespace

PersonWords::PersonWords(const mail::Address& address, const std::vector<std::string>& names) : addresses_{address} {
  for (const std::string& name : names) {
    std::string plain;
    for (const std::string_view line : split_at(name, '\n')) {
      for (const std::string_view word : split_words(line)) plain.append(plain.empty() ? "" : " ").append(word);
    }
    const bool is_name = plain.size() >= kMinNameOctets && mail::find_addresses(plain, addresses_).empty();
    if (is_name && std::find(names_.begin(), names_.end(), plain) == names_.end()) names_.push_back(std::move(plain));
  }
}

std::vector<mail::TextRange> PersonWords::find(std::string_view text) const {
  std::vector<mail::TextRange> found = mail::find_addresses(text, addresses_);
  for (const std::string& name : names_) find_name(text, name, found);
  join(found);
  return found;
}

std::string PersonWords::taken_out_of(std::string_view text) const {
  return mail::with_replaced(text, find(text), kErased);
}

std::string PersonWords::blotted_in(std::string_view text) const {
  std::string blotted(text);
  for (const mail::TextRange& range : find(text)) {
    for (std::size_t at = range.begin; at < range.end; ++at) {
      blotted[at] = at - range.begin < kErased.size() ? kErased[at - range.begin] : ' ';
    }
  }
  return blotted;
}

}  // namespace majlis::lists
