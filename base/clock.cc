#include "base/clock.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace majlis {
namespace {

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::tm utc(UnixTime time) {
  std::tm parts{};
  const std::time_t seconds = time;
  gmtime_r(&seconds, &parts);
  return parts;
}

std::string formatted(const char* format, const std::tm& parts) {
  std::array<char, 64> buffer{};
  const std::size_t length = std::strftime(buffer.data(), buffer.size(), format, &parts);
  return {buffer.data(), length};
}

}  // namespace

UnixTime wall_clock_now() { return std::time(nullptr); }

std::string rfc5322_date(UnixTime time) {
  const std::tm parts = utc(time);
  // Names come from our own tables: strftime's %a and %b follow the locale.
  return std::string(kDays.at(static_cast<std::size_t>(parts.tm_wday))) + ", " + formatted("%d ", parts) +
         kMonths.at(static_cast<std::size_t>(parts.tm_mon)) + formatted(" %Y %H:%M:%S +0000", parts);
}

std::string iso8601(UnixTime time) { return formatted("%Y-%m-%dT%H:%M:%SZ", utc(time)); }

std::string year_month(UnixTime time) { return formatted("%Y-%m", utc(time)); }

}  // namespace majlis
