#include "base/log.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/log_lines.h"
#include "base/text.h"

namespace majlis {
namespace {

std::string line_with(std::string_view value) { return LogLine("post").with("msgid", value).text(); }

TEST(Log, ValuesOfOneWordStandAsTheyAre) {
  EXPECT_EQ(line_with("<1@example.com>"), "post msgid=<1@example.com>");
  EXPECT_EQ(line_with("a=b"), "post msgid=a=b");
  EXPECT_EQ(line_with(""), "post");
}

TEST(Log, NoValueLooksLikeAFurtherField) {
  EXPECT_EQ(line_with("a verdict=accept"), "post msgid=\"a verdict=accept\"");
  EXPECT_EQ(line_with("a\" verdict=accept"), "post msgid=\"a\\\" verdict=accept\"");
  EXPECT_EQ(line_with("a\\\" verdict=accept"), "post msgid=\"a\\\\\\\" verdict=accept\"");
  EXPECT_EQ(line_with("a\\"), "post msgid=\"a\\\\\"");
  EXPECT_EQ(line_with("a\nb"), "post msgid=a\\x0ab");
}

TEST(Log, WrittenAndEscapedOctetsAreTwoThings) { EXPECT_NE(line_with("caf\xC3\xA9"), line_with("caf\\xC3\\xA9")); }

TEST(Log, LongValuesAreCut) {
  EXPECT_EQ(line_with(std::string(1000, 'x')), "post msgid=" + std::string(400, 'x') + "...");
}

TEST(Log, ManyLinesStandOneByOneBehindWhatTheFileHad) {
  const std::string path = testing::TempDir() + "/many.log";
  std::remove(path.c_str());
  open_log("majlis", path);
  log(Severity::info, LogLine("first"));
  log_all(Severity::info, {LogLine("second").with("n", 2), LogLine("third")});
  log_all(Severity::info, {});
  open_log("majlis");
  std::string text = read_file(path, 1000).value();
  std::string_view rest = text;
  std::vector<std::string> lines;
  while (const auto line = next_line(rest)) lines.emplace_back(line->substr(line->find("]: ") + 3));
  EXPECT_EQ(lines, (std::vector<std::string>{"first", "second n=2", "third"}));
}

}  // namespace
}  // namespace majlis
