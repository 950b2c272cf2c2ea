#include "lists/moving/strictness.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

TEST(Strictness, GoesByWhomASettingLetsPass) {
  EXPECT_TRUE(is_stricter(Setting::subscribe_policy, "closed", "open+confirm"));
  EXPECT_FALSE(is_stricter(Setting::subscribe_policy, "open", "open+confirm"));
  EXPECT_TRUE(is_stricter(Setting::who_access, "closed", "list"));
  EXPECT_TRUE(is_stricter(Setting::html, "reject", "text"));
}

TEST(Strictness, TakesASmallerCeilingForTheStricterAndNoneForTheLoosest) {
  EXPECT_TRUE(is_stricter(Setting::maxlength, "1000", "40000"));
  EXPECT_TRUE(is_stricter(Setting::max_recipients, "10", "0"));
  EXPECT_FALSE(is_stricter(Setting::max_recipients, "0", "10"));
}

TEST(Strictness, SaysNothingOfOtherSettings) {
  EXPECT_FALSE(is_stricter(Setting::precedence, "bulk", "list"));
  EXPECT_FALSE(is_stricter(Setting::moderate, "yes", "yes"));
}

}  // namespace
}  // namespace majlis::lists
