#include "commands/reading/number_ranges.h"

#include <gmock/gmock.h>

namespace majlis::commands {
namespace {

using testing::ElementsAre;

TEST(NumberRanges, AreReadInAnyOrderAndEachNumberOnce) {
  const NumberRanges ranges = parse_number_ranges({"20,", "3-5", "4,7", "6"}).value();
  EXPECT_EQ(text_of(ranges), "3-7 20");
  EXPECT_TRUE(parse_number_ranges({}).value().empty());
}

TEST(NumberRanges, ThatAreNoneAreRefused) {
  for (const std::string word : {"0", "x", "5-3", "-3", "3-", "1-2-3", "9999999999999", "1.5"}) {
    EXPECT_FALSE(parse_number_ranges({word})) << word;
  }
  EXPECT_TRUE(parse_number_ranges(std::vector<std::string>(200, "1")));
  EXPECT_FALSE(parse_number_ranges(std::vector<std::string>(201, "1")));
}

TEST(NumberRanges, AreTakenFromTheFront) {
  NumberRanges ranges = parse_number_ranges({"1-999999999999"}).value();
  EXPECT_THAT(take_numbers(ranges, 3), ElementsAre(1, 2, 3));
  EXPECT_EQ(text_of(ranges), "4-999999999999");
  NumberRanges few = parse_number_ranges({"1", "7"}).value();
  EXPECT_THAT(take_numbers(few, 3), ElementsAre(1, 7));
  EXPECT_TRUE(few.empty());
}

}  // namespace
}  // namespace majlis::commands
