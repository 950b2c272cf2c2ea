#include "foreign/python/number.h"

#include <limits>

#include <gtest/gtest.h>

namespace majlis::foreign {
namespace {

TEST(PythonNumber, HasAWholePartWhereThatFits) {
  EXPECT_EQ(whole_part(2.9), 2);
  EXPECT_EQ(whole_part(-2.9), -2);
  EXPECT_EQ(whole_part(-9223372036854775808.0), std::numeric_limits<std::int64_t>::min());
  for (const double number : {9223372036854775808.0, -1e300, 1e300, std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(whole_part(number), std::nullopt) << number;
  }
}

}  // namespace
}  // namespace majlis::foreign
