#include "lists/effects/arrival.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

TEST(Arrival, WhatStandsBehindThePlusIsNotShown) {
  EXPECT_EQ(without_tag("cooks-confirm+token@lists.example.org"), "cooks-confirm+***@lists.example.org");
  EXPECT_EQ(without_tag("cooks-confirm+to+ken@lists.example.org"), "cooks-confirm+***@lists.example.org");
  EXPECT_EQ(without_tag("cooks-confirm+token"), "cooks-confirm+***");
  EXPECT_EQ(without_tag("cooks@lists+example.org"), "cooks@lists+***");
  EXPECT_EQ(without_tag("cooks@lists.example.org"), "cooks@lists.example.org");
  EXPECT_EQ(without_tag(""), "");
}

}  // namespace
}  // namespace majlis::lists
