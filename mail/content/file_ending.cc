#include "mail/content/file_ending.h"

#include <algorithm>

#include "base/text.h"
#include "base/unicode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxNameOctets = 4096;   // of one name are looked at, from its end
constexpr std::size_t kMaxPieces = 100;        // between ':' and NUL
constexpr std::size_t kMaxEndingOctets = 100;  // of a name are compared with endings
constexpr std::string_view kSeparators = ", \t\n";
constexpr std::string_view kNotAtTheEnd = ". \t\r\n\v\f\"'/\\<>;";

constexpr char32_t kFirstFullWidth = 0xFF01;  // '!' to '~'
constexpr char32_t kLastFullWidth = 0xFF5E;
constexpr char32_t kOneDotLeader = 0x2024;
constexpr char32_t kIdeographicFullStop = 0x3002;
constexpr char32_t kSoftHyphen = 0xAD;

// What a system or a person takes it for.
char32_t folded(char32_t c) {
  if (c >= kFirstFullWidth && c <= kLastFullWidth) return c - kFirstFullWidth + '!';
  return c == kOneDotLeader || c == kIdeographicFullStop ? U'.' : c;
}

std::string plain_name(std::string_view name) {
  if (name.size() > kMaxNameOctets) name.remove_prefix(name.size() - kMaxNameOctets);
  std::string plain;
  while (!name.empty()) {
    const char32_t c = folded(next_code_point(name));
    const Appearance looks = appearance_of(c);
    if (looks == Appearance::hidden || c == kSoftHyphen || (looks == Appearance::control && c != 0)) continue;
    append_utf8(plain, looks == Appearance::blank ? U' ' : c);
  }
  return to_lower_ascii(plain);
}

std::string_view without_end(std::string_view name) {
  const std::size_t last = name.find_last_not_of(kNotAtTheEnd);
  return last == std::string_view::npos ? std::string_view() : name.substr(0, last + 1);
}

void add(std::vector<std::string>& readings, std::string_view name) {
  name = without_end(name);
  if (name.empty() || std::find(readings.begin(), readings.end(), name) != readings.end()) return;
  readings.emplace_back(name);
}

bool has_class_id(std::string_view name) { return name.ends_with('}') && name.find(".{") != std::string_view::npos; }

}  // namespace

std::vector<std::string> readings_of(std::string_view name) {
  const std::string plain = plain_name(name);
  std::vector<std::string> readings;
  add(readings, plain);
  std::string_view rest(plain);
  for (std::size_t count = 0; !rest.empty() && count < kMaxPieces; ++count) {
    const std::size_t end = rest.find_first_of(std::string_view(":\0", 2));
    add(readings, rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return readings;
}

FileEndings::FileEndings(std::string_view written) {
  const std::string lower = to_lower_ascii(written);
  std::string_view rest(lower);
  while (!rest.empty()) {
    std::string_view word = rest.substr(0, rest.find_first_of(kSeparators));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    while (word.starts_with('.') || word.starts_with('*')) word.remove_prefix(1);
    if (!word.empty()) endings_.emplace_back(word);
  }
  std::sort(endings_.begin(), endings_.end());
}

bool FileEndings::has(std::string_view ending) const {
  return std::binary_search(endings_.begin(), endings_.end(), ending, std::less<>());
}

std::string_view FileEndings::first_of(std::string_view words) const {
  for (const std::string_view word : split_words(words)) {
    if (has(word)) return word;
  }
  return {};
}

std::optional<std::string> FileEndings::of_name(std::string_view name) const {
  if (empty()) return std::nullopt;
  for (const std::string& reading : readings_of(name)) {
    if (has_class_id(reading)) return reading.substr(reading.rfind(".{") + 1);
    std::string_view rest(reading);
    if (rest.size() > kMaxEndingOctets) rest.remove_prefix(rest.size() - kMaxEndingOctets);
    for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.', dot + 1)) {
      if (has(rest.substr(dot + 1))) return std::string(rest.substr(dot + 1));
    }
  }
  return std::nullopt;
}

std::vector<std::string> last_endings(std::string_view name) {
  std::vector<std::string> endings;
  for (const std::string& reading : readings_of(name)) {
    const std::size_t dot = reading.rfind('.');
    if (dot == std::string::npos) continue;
    const std::string ending = reading.substr(dot + 1);
    if (std::find(endings.begin(), endings.end(), ending) == endings.end()) endings.push_back(ending);
  }
  return endings;
}

}  // namespace majlis::mail
