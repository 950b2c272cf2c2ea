#include "mail/date_field.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

TEST(DateField, ReadsWhatMailProgramsWrite) {
  constexpr UnixTime kTime = 1'795'514'400;  // 2026-11-24 10:00 UTC
  for (const char* body :
       {"Tue, 24 Nov 2026 10:00:00 +0000", "24 Nov 2026 10:00 +0000", "Tue, 24 Nov 2026 15:30:00 +0530 (IST)",
        "tue , 24 nov 2026 05:00:00 EST", "Tue, 24 Nov 26 10:00:00 GMT", "Tue,\r\n 24 Nov 2026 01:00:00 -0900",
        "Tue, 24 Nov 2026 10:00:00", "24 Nov 126 10:00:00 Z", "(x) Tue, 24 (y) Nov 2026 10:00:00 +0000"}) {
    EXPECT_EQ(parse_date_field(body), kTime) << body;
  }
  EXPECT_EQ(parse_date_field("29 Feb 2024 23:59:60 +0000"), 1'709'251'200);
}

TEST(DateField, RefusesWhatIsNone) {
  for (const char* body : {"", "yesterday", "Tue, 24 Nov 2026", "24 Nov 2026 10:00:00 +0000 more", "0 Nov 2026 10:00 Z",
                           "30 Feb 2026 10:00 Z", "24 Nov 2026 24:00 Z", "24 Nov 2026 10:60 Z", "24 Nov 1969 10:00 Z",
                           "24 Now 2026 10:00 Z", "24 Nov 2026 10 Z", "24 Nov 99999 10:00 Z", "-1 Nov 2026 10:00 Z",
                           "24 Nov 2026 10:00 +0x00", "((((", "24 Nov 2026 1:2:3:4 Z"}) {
    EXPECT_EQ(parse_date_field(body), std::nullopt) << body;
  }
  EXPECT_EQ(parse_date_field(std::string(10'000, ' ') + "24 Nov 2026 10:00 Z"), std::nullopt);
}

}  // namespace
}  // namespace majlis::mail
