#include "base/date_text.h"

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

}  // namespace majlis
