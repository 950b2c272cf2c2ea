#include "lists/moving/pipermail_map.h"

#include <array>

#include "base/text.h"
#include "lists/moving/header_field.h"

namespace majlis::lists {
namespace {

using Volumes = foreign::Pipermail::Volumes;

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kNumberOctets = 6;
constexpr UnixTime kMondayAfterTheEpoch = 4;  // day 4 was one: 5 January 1970

std::string digits_of_day(UnixTime time) {
  const std::string day = iso8601(time);
  return day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2);
}

}  // namespace

std::string pipermail_volume(Volumes volumes, UnixTime time) {
  const std::string day = iso8601(time);
  const std::string year = day.substr(0, 4);
  const auto month = static_cast<std::size_t>(parse_number(day.substr(5, 2)).value_or(1)) - 1;
  switch (volumes) {
    case Volumes::yearly: return year;
    case Volumes::monthly: return year + "-" + std::string(kMonths[month]);
    case Volumes::quarterly: return year + "q" + std::to_string(month / 3 + 1);
    case Volumes::weekly: break;
    case Volumes::daily: return digits_of_day(time);
  }
  const UnixTime days = time / kDay;
  return "Week-of-Mon-" + digits_of_day((days - (days - kMondayAfterTheEpoch) % 7) * kDay);
}

void PipermailMap::add(std::string_view message, UnixTime time) {
  std::string number = std::to_string(number_++);
  number.insert(0, number.size() < kNumberOctets ? kNumberOctets - number.size() : 0, '0');
  const std::string id = printable(header_field(message, "Message-ID"));
  if (id.empty()) return;
  text_ += pipermail_->address + pipermail_volume(pipermail_->volumes, time) + "/" + number + ".html\t" + id + "\n";
}

}  // namespace majlis::lists
