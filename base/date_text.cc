#include "base/date_text.h"

#include <chrono>
#include <vector>

#include "base/text.h"

namespace majlis {

std::string asctime_text(UnixTime time) {
  const std::string date = rfc5322_date(time);  // "Tue, 24 Nov 2026 00:12:01 +0000"
  return date.substr(0, 3) + " " + date.substr(8, 3) + " " + date.substr(5, 2) + " " + date.substr(17, 8) + " " +
         date.substr(12, 4);
}

std::string minute_text(UnixTime time) {
  const std::string iso = iso8601(time);  // "2026-11-24T00:12:01Z"
  return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

std::optional<UnixTime> parse_day(std::string_view text) {
  const std::vector<std::string_view> parts = split_at(text, '-');
  if (parts.size() != 3 || parts[0].size() != 4 || parts[1].size() != 2 || parts[2].size() != 2) return std::nullopt;
  const auto year = parse_number(parts[0]);
  const auto month = parse_number(parts[1]);
  const auto day = parse_number(parts[2]);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::seconds(std::chrono::sys_days(date).time_since_epoch()).count();
}

}  // namespace majlis
