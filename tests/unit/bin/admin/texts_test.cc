#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;

class Texts : public AdminSite {
 protected:
  Texts() { make_list("cooks", ""); }
};

TEST_F(Texts, AreSetFromStandardInputAndShown) {
  EXPECT_EQ(majlis({"texts", "cooks", "set", "info"}, "All about soup.\n").status, 0);
  EXPECT_EQ(majlis({"texts", "cooks", "show", "info"}).out, "All about soup.\n");
}

TEST_F(Texts, OneThatIsNotThereIsMissing) {
  const Ran ran = majlis({"texts", "cooks", "show", "intro"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("the list has no intro"));
}

TEST_F(Texts, OnlyInfoAndIntroAreTextsOfAList) {
  for (const char* name : {"config", "../cooks/config", "INFO", ""}) {
    EXPECT_THAT(majlis({"texts", "cooks", "show", name}).err, HasSubstr("is no text of a list: info or intro"));
  }
}

TEST_F(Texts, WhatIsNoTextChangesNothing) {
  majlis({"texts", "cooks", "set", "info"}, "before\n");
  for (const std::string& bad : {std::string("\xFF\n"), std::string("a\0b", 3)}) {
    const Ran ran = majlis({"texts", "cooks", "set", "info"}, bad);
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("not UTF-8 text; nothing was changed"));
  }
  EXPECT_EQ(majlis({"texts", "cooks", "show", "info"}).out, "before\n");
}

}  // namespace
}  // namespace majlis::bin::admin
