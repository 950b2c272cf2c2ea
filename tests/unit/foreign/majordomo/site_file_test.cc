#include "foreign/majordomo/site_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::foreign {
namespace {

SiteFile read(std::string_view text) { return read_site_file(text, "majordomo.cf", "/home/mj"); }

bool tells(const SiteFile& site, std::string_view what, Fate fate) {
  for (const Finding& finding : site.findings) {
    if (finding.what == what && finding.fate == fate) return true;
  }
  return false;
}

TEST(MajordomoSiteFile, FillsVariablesInAndUndoesEscapes) {
  const SiteFile site =
      read("$whereami = \"example.com\";\n$whoami = \"Majordomo\\@$whereami\";\n$x = \"${whereami}!\";");
  EXPECT_EQ(site.value("whoami"), "Majordomo@example.com");
  EXPECT_EQ(site.value("x"), "example.com!");
}

TEST(MajordomoSiteFile, LeavesSingleQuotesAsTheyAre) { EXPECT_EQ(read("$p = '$whereami';").value("p"), "$whereami"); }

TEST(MajordomoSiteFile, KeepsTheFirstPlainAssignment) {
  const SiteFile site = read("$whereami = `hostname`;\n$whereami = 'a.example';\n$whereami = 'b.example';");
  EXPECT_EQ(site.value("whereami"), "a.example");
  EXPECT_TRUE(tells(site, "$whereami", Fate::not_carried));
}

TEST(MajordomoSiteFile, PassesOverBlocks) {
  const SiteFile site =
      read("if ($x) {\n  $listdir = \"/a\";\n} else {\n  $listdir = \"/b\";\n}\n$listdir = \"/c\";\n");
  EXPECT_EQ(site.value("listdir"), "/c");
  EXPECT_TRUE(tells(site, "majordomo.cf:1", Fate::not_carried));
}

TEST(MajordomoSiteFile, PassesOverHereDocuments) {
  const SiteFile site = read("$admin_body = <<'END';\n$listdir = '/a';\n{{{\nEND\n$listdir = '/b';\n");
  EXPECT_EQ(site.value("listdir"), "/b");
  EXPECT_TRUE(tells(site, "$admin_body", Fate::not_carried));
}

TEST(MajordomoSiteFile, TakesAShiftForNoHereDocument) { EXPECT_EQ(read("$a = 1 << 3;\n$b = 'x';\n").value("b"), "x"); }

TEST(MajordomoSiteFile, ReadsNamesOfPackages) {
  EXPECT_EQ(read("$config'default_subscribe_policy = \"auto\";").value("config'default_subscribe_policy"), "auto");
}

TEST(MajordomoSiteFile, TakesTheFolderWhereHomedirIsNotPlain) {
  EXPECT_EQ(read("$listdir = \"$homedir/lists\";").value("listdir"), "/home/mj/lists");
}

TEST(MajordomoSiteFile, TakesNoMoreThanItsLimits) {
  const std::string long_one(4000, 'x');
  std::string text = "$a = \"" + long_one + "\";\n$b = \"";
  for (int i = 0; i < 100; ++i) text += "$a";
  text += "\";\n";
  EXPECT_EQ(read(text).value("a"), long_one);
  EXPECT_TRUE(tells(read(text), "$b", Fate::not_carried));
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "$v" + std::to_string(i) + " = 1;\n";
  EXPECT_EQ(read(many).value("v1000"), "1");
  EXPECT_EQ(read(many).value("v2900"), "");
}

TEST(MajordomoSiteFile, TakesNoExpressionForAString) {
  for (const char* line : {"$a = \"x\" . \"y\";", "$a = $ENV{'X'} || \"/usr/tmp\";", "$a = \"$unknown\";",
                           "$a = \"open", "$a = f(1);", "$a = ;", "$a"}) {
    EXPECT_EQ(read(line).value("a"), "") << line;
  }
}

}  // namespace
}  // namespace majlis::foreign
