#include "base/clock.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace majlis {
namespace {

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// The years 1 to 9999: what the formats have room for.
constexpr UnixTime kFirstTime = -62'135'596'800;
constexpr UnixTime kLastTime = 253'402'300'799;

// Not gmtime(3) and strftime(3): these read the time zone and the locale, which have no part in this.
struct Utc {
  explicit Utc(UnixTime time)
      : seconds(std::chrono::seconds(std::clamp(time, kFirstTime, kLastTime))),
        days(std::chrono::floor<std::chrono::days>(seconds)),
        date(days),
        time_of_day(seconds - days) {}

  std::chrono::sys_seconds seconds;
  std::chrono::sys_days days;
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::seconds> time_of_day;

  int year() const { return static_cast<int>(date.year()); }
  unsigned month() const { return static_cast<unsigned>(date.month()); }
  unsigned day() const { return static_cast<unsigned>(date.day()); }
  const char* weekday() const { return kDays.at(std::chrono::weekday(days).c_encoding()); }
  int hour() const { return static_cast<int>(time_of_day.hours().count()); }
  int minute() const { return static_cast<int>(time_of_day.minutes().count()); }
  int second() const { return static_cast<int>(time_of_day.seconds().count()); }
};

template <typename... Parts>
std::string formatted(const char* format, Parts... parts) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, parts...);
  return buffer.data();
}

}  // namespace

UnixTime wall_clock_now() { return std::time(nullptr); }

std::string rfc5322_date(UnixTime time) {
  const Utc at(time);
  return formatted("%s, %02u %s %04d %02d:%02d:%02d +0000", at.weekday(), at.day(), kMonths.at(at.month() - 1),
                   at.year(), at.hour(), at.minute(), at.second());
}

std::string iso8601(UnixTime time) {
  const Utc at(time);
  return formatted("%04d-%02u-%02uT%02d:%02d:%02dZ", at.year(), at.month(), at.day(), at.hour(), at.minute(),
                   at.second());
}

std::string year_month(UnixTime time) {
  const Utc at(time);
  return formatted("%04d-%02u", at.year(), at.month());
}

}  // namespace majlis
