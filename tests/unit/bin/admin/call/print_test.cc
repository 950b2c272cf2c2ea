#include "bin/admin/call/print.h"

#include <gtest/gtest.h>

#include "base/no_output.h"

namespace majlis::bin::admin {
namespace {

TEST(Visible, LeavesTextInAnyScriptAsItIs) {
  EXPECT_EQ(visible("caf\xC3\xA9\t\xE6\x9C\xAC\n"), "caf\xC3\xA9\t\xE6\x9C\xAC\n");
  EXPECT_EQ(visible("\xF0\x9F\x8D\xB2"), "\xF0\x9F\x8D\xB2");
  EXPECT_EQ(visible(""), "");
}

TEST(Visible, DisarmsWhatATerminalWouldObey) {
  EXPECT_EQ(visible("\x1B[31m"), "\\x1b[31m");
  EXPECT_EQ(visible("a\rb\x7F"), "a\\x0db\\x7f");
  EXPECT_EQ(visible("\xC2\x9B"), "\\xc2\\x9b");
  EXPECT_EQ(visible(std::string_view("\0", 1)), "\\x00");
}

TEST(Visible, DisarmsHiddenAndTurningCharacters) {
  EXPECT_EQ(visible("\xE2\x80\xAE"), "\\xe2\\x80\\xae");
  EXPECT_EQ(visible("\xE2\x80\x8B"), "\\xe2\\x80\\x8b");
  EXPECT_EQ(visible("\xD8\x9C\n\xE2\x80\xAA\t"), "\\xd8\\x9c\n\\xe2\\x80\\xaa\t");
  EXPECT_EQ(visible("\xE2\x81\xA6"), "\\xe2\\x81\\xa6");
  EXPECT_EQ(visible("\xEF\xBB\xBF"), "\\xef\\xbb\\xbf");
  EXPECT_EQ(visible("\xE2\x80\x94"), "\xE2\x80\x94") << "a dash is no trick";
}

TEST(Visible, ShowsInvalidOctets) {
  EXPECT_EQ(visible("\xFFx\xC3"), "\\xffx\\xc3");
  EXPECT_EQ(visible("\xC0\x80"), "\\xc0\\x80");
}

// A pager that waits would stop everybody who wants what is held.
TEST(Print, DiesWhileTheStoreIsOpen) {
  print("");
  const NoOutput open;
  EXPECT_DEATH(print("x"), "is_in_force");
  EXPECT_DEATH(print_error("x"), "is_in_force");
}

TEST(JsonLine, IsOneObjectOnOneLine) {
  EXPECT_EQ(JsonLine().text("a", "x\n\"y\"").number("b", -3).flag("c", true).texts("d", {"e", "f"}).line(),
            "{\"a\": \"x\\u000a\\\"y\\\"\", \"b\": -3, \"c\": true, \"d\": [\"e\", \"f\"]}\n");
  EXPECT_EQ(JsonLine().line(), "{}\n");
  EXPECT_EQ(JsonLine().texts("d", {}).line(), "{\"d\": []}\n");
}

}  // namespace
}  // namespace majlis::bin::admin
