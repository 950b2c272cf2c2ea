#include "store/codec.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace majlis::store {
namespace {

TEST(Codec, BringsBackEveryFieldAsWritten) {
  const std::string row = RowWriter(3)
                              .number(0)
                              .number(127)
                              .number(128)
                              .number(UINT64_MAX)
                              .time(-5)
                              .time(INT64_MIN)
                              .time(INT64_MAX)
                              .text("")
                              .text(std::string_view("a\0b", 3))
                              .take();
  RowReader in(row, 3, "test");
  EXPECT_EQ(in.number(), 0U);
  EXPECT_EQ(in.number(), 127U);
  EXPECT_EQ(in.number(), 128U);
  EXPECT_EQ(in.number(), UINT64_MAX);
  EXPECT_EQ(in.time(), -5);
  EXPECT_EQ(in.time(), INT64_MIN);
  EXPECT_EQ(in.time(), INT64_MAX);
  EXPECT_EQ(in.text(), "");
  EXPECT_EQ(in.text(), std::string_view("a\0b", 3));
  EXPECT_TRUE(in.finish().ok());
}

TEST(Codec, NamesTheVersionItDoesNotKnow) {
  const std::string row = RowWriter(9).number(1).take();
  RowReader in(row, 1, "member");
  EXPECT_EQ(in.number(), 0U);
  const Status read = in.finish();
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().kind, ErrorKind::damaged);
  EXPECT_NE(read.error().what.find("member row (version 9)"), std::string::npos) << read.error().what;
}

TEST(Codec, FailsWhenOctetsAreLeftOver) {
  RowReader in("\x01\x05", 1, "test");
  EXPECT_FALSE(in.finish().ok());
}

TEST(Codec, FailsOnANumberBeyond64Bits) {
  RowReader in("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 1, "test");
  in.number();
  EXPECT_FALSE(in.ok());
}

TEST(Codec, FailsOnATextLongerThanTheRow) {
  const std::string row = std::string("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01") + "abc";
  RowReader in(row, 1, "test");
  EXPECT_EQ(in.text(), "");
  EXPECT_FALSE(in.ok());
}

TEST(Codec, FailsOnMoreItemsThanOctets) {
  RowReader in(
      "\x01\x09"
      "ab",
      1, "test");
  EXPECT_EQ(in.count(100), 0U);
  EXPECT_FALSE(in.ok());
}

TEST(Codec, ReadsNothingOutOfBoundsWhateverItIsGiven) {
  std::mt19937 random(20261124);
  for (int round = 0; round < 20'000; ++round) {
    std::string row(random() % 24, '\0');
    for (char& c : row) c = static_cast<char>(random());
    if (!row.empty()) row[0] = 1;
    RowReader in(row, 1, "test");
    in.number();
    const std::string_view text = in.text();
    in.time();
    in.count(10);
    EXPECT_LE(text.size(), row.size());
    if (in.ok()) continue;
    EXPECT_EQ(in.finish().error().kind, ErrorKind::damaged);
  }
}

}  // namespace
}  // namespace majlis::store
