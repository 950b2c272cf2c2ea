#include "mail/date_field.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxOctets = 200;
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::pair<std::string_view, int>, 8> kZones = {
    {{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}}};

std::string without_comments(std::string_view body) {
  std::string kept;
  std::size_t depth = 0;
  for (const char c : body) {
    if (c == '(') ++depth;
    if (depth == 0) kept += c == ',' || c == '\r' || c == '\n' ? ' ' : c;
    if (c == ')' && depth > 0) --depth;
  }
  return kept;
}

std::optional<int> number(std::string_view digits, int minimum, int maximum) {
  const std::optional<std::uint64_t> read = digits.size() <= 4 ? parse_number(digits) : std::nullopt;
  if (!read || static_cast<int>(*read) < minimum || static_cast<int>(*read) > maximum) return std::nullopt;
  return static_cast<int>(*read);
}

std::optional<unsigned> month(std::string_view name) {
  const auto found =
      std::find_if(kMonths.begin(), kMonths.end(), [&](auto each) { return equals_ignoring_case(each, name); });
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

// RFC 5322 4.3: 00 to 49 are of this century, three digits count from 1900.
std::optional<int> year(std::string_view digits) {
  const std::optional<int> written = number(digits, 0, 9999);
  if (!written || digits.size() < 2) return std::nullopt;
  if (digits.size() == 2) return *written + (*written < 50 ? 2000 : 1900);
  return digits.size() == 3 ? *written + 1900 : *written;
}

// "10:00" or "10:00:59", in seconds.
std::optional<int> time_of_day(std::string_view text) {
  const std::vector<std::string_view> pieces = split_at(text, ':');
  if (pieces.size() != 2 && pieces.size() != 3) return std::nullopt;
  const std::optional<int> hours = number(pieces[0], 0, 23);
  const std::optional<int> minutes = number(pieces[1], 0, 59);
  const std::optional<int> seconds = pieces.size() == 3 ? number(pieces[2], 0, 60) : 0;
  if (!hours || !minutes || !seconds) return std::nullopt;
  return *hours * 3600 + *minutes * 60 + *seconds;
}

// East of Greenwich, in seconds.
std::optional<int> zone(std::string_view text) {
  const bool is_offset = text.size() == 5 && (text.front() == '+' || text.front() == '-');
  if (!is_offset) {
    for (const auto& [name, hours] : kZones) {
      if (equals_ignoring_case(name, text)) return hours * 3600;
    }
    return 0;
  }
  const std::optional<int> hours = number(text.substr(1, 2), 0, 99);
  const std::optional<int> minutes = number(text.substr(3, 2), 0, 59);
  if (!hours || !minutes) return std::nullopt;
  return (*hours * 3600 + *minutes * 60) * (text.front() == '-' ? -1 : 1);
}

}  // namespace

std::optional<UnixTime> parse_date_field(std::string_view body) {
  if (body.size() > kMaxOctets) return std::nullopt;
  const std::string text = without_comments(body);
  std::vector<std::string_view> words = split_words(text);
  if (!words.empty() && !parse_number(words.front())) words.erase(words.begin());  // the day of the week
  if (words.size() < 4 || words.size() > 5) return std::nullopt;
  const std::optional<int> day = number(words[0], 1, 31);
  const std::optional<unsigned> of_month = month(words[1]);
  const std::optional<int> of_year = year(words[2]);
  const std::optional<int> time = time_of_day(words[3]);
  const std::optional<int> east = words.size() == 5 ? zone(words[4]) : 0;
  if (!day || !of_month || !of_year || !time || !east) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*of_year), std::chrono::month(*of_month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *of_year < 1970) return std::nullopt;
  const UnixTime days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * 24 * 3600 + *time - *east;
}

}  // namespace majlis::mail
