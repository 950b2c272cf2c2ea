#include "base/unicode.h"

#include <gtest/gtest.h>

namespace majlis {
namespace {

TEST(Unicode, KnowsWhatCanBeSeen) {
  for (const char32_t c : {U' ', U'a', U'~', U'\u00E9', U'\u05D0', U'\u0641', U'\u2014', U'\u3042', U'\U0001F600',
                           U'\uFFFD', U'\u0301', U'\uE000', U'\u0378'}) {
    EXPECT_EQ(appearance_of(c), Appearance::visible) << std::hex << static_cast<unsigned>(c);
  }
  for (const char32_t c : {U'\u00A0', U'\u1680', U'\u2003', U'\u202F', U'\u3000'}) {
    EXPECT_EQ(appearance_of(c), Appearance::blank) << std::hex << static_cast<unsigned>(c);
  }
  for (const unsigned c : {0x00U, 0x09U, 0x0AU, 0x1BU, 0x7FU, 0x80U, 0x9BU, 0x2028U, 0x2029U}) {
    EXPECT_EQ(appearance_of(c), Appearance::control) << std::hex << c;
  }
}

struct Range {
  unsigned first, last;
};

TEST(Unicode, KnowsWhatHidesAndWhatTurnsTheDirectionOfWriting) {
  const Range hidden[] = {{0x202A, 0x202E},  {0x2066, 0x2069}, {0x200E, 0x200F}, {0x061C, 0x061C},   {0x200B, 0x200D},
                          {0x2060, 0x206F},  {0xFEFF, 0xFEFF}, {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x115F, 0x1160},
                          {0x17B4, 0x17B5},  {0x180B, 0x180F}, {0x3164, 0x3164}, {0xFFA0, 0xFFA0},   {0xFE00, 0xFE0F},
                          {0xFDD0, 0xFDEF},  {0xFFF0, 0xFFFC}, {0xFFFE, 0xFFFF}, {0x1D173, 0x1D17A}, {0x1FFFE, 0x1FFFF},
                          {0xE0000, 0xE0FFF}};
  for (const Range& range : hidden) {
    for (unsigned c = range.first; c <= range.last; ++c) {
      EXPECT_EQ(appearance_of(c), Appearance::hidden) << std::hex << c;
    }
  }
}

TEST(Unicode, TheSelectorThatMakesAnEmojiIsSeenWithIt) {
  EXPECT_EQ(appearance_of(U'\uFE0F', U'\u2764'), Appearance::visible);
  EXPECT_EQ(appearance_of(U'\uFE0F', U'a'), Appearance::hidden);
  EXPECT_EQ(appearance_of(U'\u200D', U'\u2764'), Appearance::hidden);
}

TEST(Unicode, BlanksOfAnyKindAreBlanksAndWhatNobodySeesIsNothing) {
  EXPECT_EQ(with_plain_blanks("who\u00A0cooks\u3000\u2003x"), "who cooks  x");
  EXPECT_EQ(with_plain_blanks("\uFEFFwho\u200B\u00AD cooks\u202E"), "who cooks");
  EXPECT_EQ(with_plain_blanks("caf\u00E9 \u2764\uFE0F\r\n\tx"), "caf\u00E9 \u2764\uFE0F\r\n\tx");
  EXPECT_EQ(with_plain_blanks("a\xA0\xC2z"), "a\xA0\xC2z");
  EXPECT_EQ(with_plain_blanks(""), "");
}

TEST(Unicode, TellsWhetherThereIsACharacterThatNobodySees) {
  for (const char* text : {"\uFEFFwho", "who\u200B", "w\u00ADho", "who\u202E"}) EXPECT_TRUE(has_hidden(text)) << text;
  for (const char* text : {"", "who", "caf\u00E9", "who\u00A0cooks", "\u2764\uFE0F", "a\xA0"}) {
    EXPECT_FALSE(has_hidden(text)) << text;
  }
}

}  // namespace
}  // namespace majlis
