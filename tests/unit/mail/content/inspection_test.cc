#include "mail/content/inspection.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/mail/content/archives.h"

namespace majlis::mail {
namespace {

using namespace std::string_view_literals;

const std::string kProgram("MZ\x90\0\x03\0\0\0", 8);

Inspection inspected(const std::string& octets) { return Inspector().inspect(octets); }

std::vector<std::string> names_in(const Inspection& found) {
  std::vector<std::string> names;
  for (const Holding& each : found.holdings) names.push_back(each.name);
  return names;
}

bool holds(const Inspection& found, Kind kind) {
  return std::any_of(found.holdings.begin(), found.holdings.end(), [&](const Holding& each) {
    return std::find(each.kinds.begin(), each.kinds.end(), kind) != each.kinds.end();
  });
}

TEST(Inspection, ListsAZip) {
  for (const bool is_deflated : {false, true}) {
    const Inspection found = inspected(zip_of({{"a.txt", "words", is_deflated}, {"b.png", kProgram, is_deflated}}));
    EXPECT_EQ(found.kinds, std::vector<Kind>{Kind::zip});
    EXPECT_TRUE(found.is_listed);
    EXPECT_EQ(names_in(found), (std::vector<std::string>{"a.txt", "b.png"}));
    EXPECT_EQ(found.holdings[1].kinds, std::vector<Kind>{Kind::pe});
  }
  EXPECT_TRUE(inspected(zip_of({})).is_listed);
}

TEST(Inspection, ListsArchivesInArchivesThreeDeepAndNoDeeper) {
  std::string zip = zip_of({{"setup.exe", kProgram}});
  for (int depth = 1; depth <= 3; ++depth) {
    const Inspection found = inspected(zip);
    EXPECT_TRUE(found.is_listed) << depth;
    EXPECT_TRUE(holds(found, Kind::pe)) << depth;
    zip = zip_of({{"in.zip", zip, depth % 2 == 0}});
  }
  EXPECT_FALSE(inspected(zip).is_listed);
}

TEST(Inspection, AZipThatTwoReadersListDifferentlyIsNotListed) {
  const std::string zip = zip_of({{"a.txt", "words"}});
  EXPECT_FALSE(inspected(zip_of({{"a.txt", "words", false, false, "b.exe"}})).is_listed);
  EXPECT_FALSE(inspected("hello\r\n" + zip).is_listed);
  EXPECT_FALSE(inspected(zip + "x").is_listed);
  EXPECT_FALSE(inspected(zip.substr(0, zip.size() - 5)).is_listed);
  // A file that only a reader of local headers sees.
  std::string hidden = zip_of({{"setup.exe", kProgram}});
  hidden.resize(hidden.find("PK\x01\x02"));
  std::string other = zip_of({{"a.txt", "words"}});
  const auto end = other.find("PK\x05\x06");
  other.replace(end + 16, 4, little(hidden.size() + other.find("PK\x01\x02"), 4));
  const auto central = other.find("PK\x01\x02");
  other.replace(central + 42, 4, little(hidden.size(), 4));
  EXPECT_FALSE(inspected(hidden + other).is_listed);
}

TEST(Inspection, AnEncryptedZipIsKnownByItsNames) {
  const Inspection found = inspected(zip_of({{"setup.exe", "masked", false, true}}));
  EXPECT_TRUE(found.is_listed);
  EXPECT_EQ(names_in(found), std::vector<std::string>{"setup.exe"});
  EXPECT_FALSE(inspected(zip_of({{"in.zip", "masked", false, true}})).is_listed);
}

TEST(Inspection, SeesTheNameThatAnExtraFieldForUnicodeGives) {
  const std::string name = "setup.exe";
  const std::string extra = little(0x7075, 2) + little(5 + name.size(), 2) + std::string(5, '\0') + name;
  EXPECT_EQ(names_in(inspected(zip_of({{"a.txt", "words", false, false, {}, extra}}))),
            (std::vector<std::string>{"a.txt", "setup.exe", "setup.exe"}));
}

TEST(Inspection, APictureThatEndsAsAZipIsBoth) {
  const Inspection found = inspected("\x89PNG\r\n\x1A\n" + zip_of({{"a.js", "x"}}));
  EXPECT_EQ(found.kinds, (std::vector<Kind>{Kind::png, Kind::zip}));
  EXPECT_FALSE(found.is_listed);
}

TEST(Inspection, ListsTarAndGzip) {
  const std::string tar = tar_of({{"a.txt", "words"}, {"dir/setup.exe", kProgram}});
  for (const std::string& archive : {tar, gzipped(tar)}) {
    const Inspection found = inspected(archive);
    EXPECT_TRUE(found.is_listed);
    EXPECT_TRUE(holds(found, Kind::pe));
    const std::vector<std::string> names = names_in(found);
    EXPECT_NE(std::find(names.begin(), names.end(), "dir/setup.exe"), names.end());
  }
  EXPECT_FALSE(inspected(tar.substr(0, 1024 + 515)).is_listed);
  EXPECT_FALSE(inspected(gzipped(tar).substr(0, 40)).is_listed);
  EXPECT_TRUE(holds(inspected(gzipped("x") + gzipped(kProgram)), Kind::unknown));
  EXPECT_TRUE(holds(inspected(gzipped(kProgram)), Kind::pe));
  const std::string named = tar_entry("x", "30 path=long/setup.exe\n", 'x') + tar_of({{"short", "y"}});
  EXPECT_EQ(names_in(inspected(named)), (std::vector<std::string>{"long/setup.exe", "short"}));
}

TEST(Inspection, WhatCannotBeOpenedIsNotListed) {
  for (const std::string_view head : {"7z\xBC\xAF\x27\x1C\0\x04"sv, "Rar!\x1A\x07\x01\0"sv, "MSCF\0\0\0\0"sv,
                                      "\x78\x9F\x3E\x22\x01"sv, "BZh91AY&SY\xA0"sv}) {
    EXPECT_FALSE(inspected(std::string(head) + "rest").is_listed);
    EXPECT_FALSE(inspected(zip_of({{"x", std::string(head) + "rest", true}})).is_listed);
  }
}

TEST(Inspection, TellsOfficeFilesAndTheirMacros) {
  const ZipFile types{"[Content_Types].xml", "<Types/>"};
  const Inspection plain = inspected(zip_of({types, {"word/document.xml", "<w/>"}}));
  EXPECT_EQ(plain.kinds, std::vector<Kind>{Kind::word_2007});
  EXPECT_FALSE(holds(plain, Kind::office_macros));
  const std::vector<std::vector<ZipFile>> with_macros = {
      {types, {"word/document.xml", "<w/>"}, {"word/vbaProject.bin", "x"}},
      {types, {"xl/workbook.xml", "<w/>"}, {"xl/other.bin", ole_of({"VBA"}), true}},
      {types, {"xl/workbook.xml", "<w/>"}, {"xl/macrosheets/sheet1.xml", "x"}},
      {{"[content_types].xml", "<Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/>",
        true},
       {"xl/workbook.xml", "<w/>"}},
      {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"Basic/Standard/Module1.xml", "x"}},
  };
  for (const auto& files : with_macros) {
    EXPECT_TRUE(holds(inspected(zip_of(files)), Kind::office_macros)) << files.back().name;
  }
  EXPECT_EQ(inspected(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})).kinds,
            std::vector<Kind>{Kind::open_document});
  EXPECT_EQ(inspected(zip_of({{"META-INF/MANIFEST.MF", "x"}})).kinds, std::vector<Kind>{Kind::jar});
  EXPECT_EQ(inspected(zip_of({{"AndroidManifest.xml", "x"}})).kinds, std::vector<Kind>{Kind::android});
}

TEST(Inspection, TellsOleFilesByTheirDirectory) {
  EXPECT_EQ(inspected(ole_of({"WordDocument"})).kinds, std::vector<Kind>{Kind::word});
  EXPECT_TRUE(inspected(ole_of({"WordDocument"})).holdings.empty());
  EXPECT_TRUE(holds(inspected(ole_of({"WordDocument", "Macros"})), Kind::office_macros));
  EXPECT_EQ(inspected(ole_of({"Workbook"})).kinds, std::vector<Kind>{Kind::excel});
  EXPECT_EQ(inspected(ole_of({}, "\x84\x10\x0C\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"sv)).kinds, std::vector<Kind>{Kind::msi});
  EXPECT_FALSE(inspected(ole_of({"EncryptedPackage"})).is_listed);
  EXPECT_FALSE(inspected(ole_of({"__attach_version1.0_#00000000"})).is_listed);
}

TEST(Inspection, FindsScriptInSvg) {
  const auto svg = [](const std::string& inner) { return inspected("<svg xmlns='x'>" + inner + "</svg>"); };
  EXPECT_TRUE(svg("<rect width='9' height='9'/><a href='https://x.org'>on = off</a>").holdings.empty());
  for (const std::string inner :
       {"<script>x</script>", "<SCRIPT/>", "<s:script xmlns:s='y'/>", "<rect onclick = 'x'/>", "<rect\nonload='x'/>",
        "<a href='javascript:x'/>", "<a href='java&#115;cript:x'/>", "<foreignObject/>",
        "<set attributeName='onmouseover' to='x'/>", "<animate attributeName=\"xlink:href\"/>", "<iframe src='x'/>"}) {
    EXPECT_TRUE(holds(svg(inner), Kind::java_script)) << inner;
  }
  EXPECT_TRUE(holds(inspected("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>"), Kind::java_script));
}

TEST(Inspection, ABombEndsAtTheCeilings) {
  const std::string zeros(Inspector::kMaxOpenedOctets + 1, '\0');
  EXPECT_FALSE(inspected(gzipped(zeros)).is_listed);
  const std::string nested = zip_of({{"a", zip_of({{"zeros", zeros, true}}), true}});
  EXPECT_TRUE(inspected(nested).is_listed);  // nothing in it has to be opened whole
  std::vector<ZipFile> many;
  for (std::size_t i = 0; i <= Inspector::kMaxHoldings; ++i) many.push_back({"x", ""});
  EXPECT_FALSE(inspected(zip_of(many)).is_listed);
  // Many that each have to be opened whole cost no more than all together may.
  std::vector<ZipFile> bombs;
  const std::string big = zip_of({{"x", std::string(8U << 20U, 'x')}});
  for (int i = 0; i < 20; ++i) bombs.push_back({"b" + std::to_string(i) + ".zip", big, true});
  EXPECT_FALSE(inspected(zip_of(bombs)).is_listed);
}

}  // namespace
}  // namespace majlis::mail
