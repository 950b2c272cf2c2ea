#include "mail/scan/file_names.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "mail/scan/scan.h"

namespace majlis::mail {
namespace {

std::vector<std::string> names_in(const std::string& field) { return scan(field + "\n\nx").parts[0].file_names; }

// Content-Disposition text, and a name that some reader sees in it (RFC 2231).
const std::vector<std::pair<std::string, std::string>> kReadings = {
    {"attachment; filename=plain.txt", "plain.txt"},
    {"attachment; filename=\"two words.txt\"", "two words.txt"},
    {"attachment; filename=my evil.exe", "my evil.exe"},
    {"attachment; filename=\"=?utf-8?Q?evil=2Eexe?=\"", "evil.exe"},
    {"attachment; filename==?utf-8?B?ZXZpbC5leGU=?=", "evil.exe"},
    {"attachment; filename*=utf-8''%C3%A9vil.exe", "\xC3\xA9vil.exe"},
    {"attachment; filename*=iso-8859-1'fr'%E9vil.exe", "\xC3\xA9vil.exe"},
    {"attachment; filename*=evil%2Eexe", "evil.exe"},
    {"attachment; filename*0=\"ev\"; filename*1=\"il.exe\"", "evil.exe"},
    {"attachment; filename*1=\"il.exe\"; filename*0=\"ev\"", "evil.exe"},
    {"attachment; filename*1=\"ev\"; filename*2=\"il.exe\"", "evil.exe"},
    {"attachment; filename*0*=utf-8''ev%69; filename*1=\"l.exe\"", "evil.exe"},
    {"attachment; filename=good.txt; filename*=utf-8''evil.exe", "evil.exe"},
    {"attachment; filename=good.txt; filename=evil.exe", "evil.exe"},
    {"attachment; filename=\"evil.exe;.txt\"", "evil.exe"},
    {"attachment; filename=\"evil.exe;.txt\"", "evil.exe;.txt"},
    {"attachment; filename=\"a\\\"b;c.exe\"", "a\"b;c.exe"},
    {"attachment; filename=evil.exe(.txt)", "evil.exe"},
    {"attachment; filename=evil.exe(.txt)", "evil.exe(.txt)"},
    {"attachment; (;filename=evil.exe) filename=good.txt", "evil.exe) filename=good.txt"},
    {"attachment; filename=\"evil.e\n xe\"", "evil.exe"},
    {"attachment; filename=\"evil%2Eexe\"", "evil.exe"},
    {"attachment; FileName = evil.exe ", "evil.exe"},
    {"attachment; name=evil.exe", "evil.exe"},
};

TEST(FileNames, ContainsEveryReading) {
  for (const auto& [body, expected] : kReadings) {
    const std::vector<std::string> names = names_in("Content-Disposition: " + body);
    std::string all;
    for (const std::string& name : names) all += "[" + name + "] ";
    EXPECT_NE(std::find(names.begin(), names.end(), expected), names.end()) << body << " gives " << all;
  }
}

TEST(FileNames, IncludesTheNameOfTheContentType) {
  EXPECT_EQ(names_in("Content-Type: text/plain; name=a.txt"), std::vector<std::string>{"a.txt"});
  EXPECT_EQ(names_in("Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=b.exe"),
            (std::vector<std::string>{"a.txt", "b.exe"}));
}

TEST(FileNames, CutsOffAtANul) {
  const std::vector<std::string> names = names_in(std::string("Content-Type: text/plain; name=\"e.exe\0.txt\"", 43));
  EXPECT_NE(std::find(names.begin(), names.end(), "e.exe"), names.end());
}

TEST(FileNames, IsEmptyWithoutANameAndBoundedWithMany) {
  EXPECT_TRUE(names_in("Content-Type: text/plain; charset=utf-8").empty());
  std::string field = "Content-Type: text/plain";
  for (int i = 0; i < 50; ++i) field += "; name=\"" + std::to_string(i) + "%41=?utf-8?Q?a=41?= x;y\"";
  const Scan scan = mail::scan(field + "\n\nx");
  EXPECT_LE(scan.parts[0].file_names.size(), FileNames::kMaxNames);
  EXPECT_TRUE(scan.has(Ambiguity::repeated_parameter));
}

}  // namespace
}  // namespace majlis::mail
