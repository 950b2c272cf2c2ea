#include "mail/content/file_ending.h"

#include <string>

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

const FileEndings kEndings(".exe, js tar.gz,*.HTA");

TEST(FileEndings, MatchEveryReadingOfAName) {
  const std::vector<std::string> forbidden = {
      "setup.exe",
      "SETUP.EXE",
      "photo.png.exe",
      "setup.exe.",
      "setup.exe . .",
      "setup.exe\xC2\xA0",
      "setup.exe::$DATA",
      "picture.png:setup.exe",
      "setup\xE2\x80\xAEgnp.exe",  // right-to-left override
      "setup.e\xC2\xADxe",         // soft hyphen
      "setup.ex\xE2\x80\x8B"
      "e",                                // zero-width space
      "setup\xEF\xBC\x8E\xEF\xBD\x85xe",  // full-width '.' and 'e'
      std::string("setup.exe\0.png", 14),
      "setup.exe\"",
      "setup.exe/",
      ".exe",
      "a.tar.gz",
      "index.hta",
      "x.js",
      "report.{00020C01-0000-0000-C000-000000000046}",
      std::string(10'000, ' ') + "a.exe",
  };
  for (const std::string& name : forbidden) EXPECT_TRUE(kEndings.of_name(name)) << name;
  EXPECT_EQ(kEndings.of_name("a.tar.gz"), "tar.gz");
}

TEST(FileEndings, LeaveOtherNamesAlone) {
  for (const std::string name : {"", "exe", "setup.exe.png", "setupexe", "a.gz", "tar.gz", "a.json", "exe.txt"}) {
    EXPECT_FALSE(kEndings.of_name(name)) << name;
  }
  EXPECT_FALSE(FileEndings("").of_name("setup.exe"));
  EXPECT_TRUE(FileEndings(" , ,").empty());
}

TEST(FileEndings, KnowWhichOfSomeWordsTheyHave) {
  EXPECT_EQ(kEndings.first_of("dll exe js"), "exe");
  EXPECT_EQ(kEndings.first_of("dll"), "");
}

TEST(FileEndings, TheLastEndingIsWhatASystemOpensAFileBy) {
  EXPECT_EQ(last_endings("A report.DOCX "), std::vector<std::string>{"docx"});
  EXPECT_EQ(last_endings("a.png:b.exe"), (std::vector<std::string>{"exe", "png"}));
  EXPECT_TRUE(last_endings("README").empty());
}

}  // namespace
}  // namespace majlis::mail
