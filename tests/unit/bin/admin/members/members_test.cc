#include "bin/admin/members/members.h"

#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;

class Members : public AdminSite {
 protected:
  Members() { make_list("cooks", "strip = no\n"); }
};

TEST_F(Members, AreAddedAllTogetherAndCounted) {
  const Ran ran = majlis({"members", "cooks", "add", "ann@example.org", "Bob <bob@example.org>"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "2 added\n");
  EXPECT_EQ(majlis({"members", "cooks", "add", "ann@example.org", "carl@example.org"}).out,
            "1 added, 1 on the list already\n");
  EXPECT_EQ(majlis({"members", "cooks", "list"}).out, "ann@example.org\nbob@example.org\ncarl@example.org\n");
}

TEST_F(Members, OneThatIsNoAddressLeavesTheListAsItWas) {
  const Ran ran = majlis({"members", "cooks", "add", "ann@example.org", "bob"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("'bob' is no mail address"));
  EXPECT_THAT(ran.err, HasSubstr("nothing was changed"));
  EXPECT_EQ(majlis({"members", "cooks", "list"}).out, "");
}

TEST_F(Members, WhoeverIsRemovedAndWasNoneIsNamed) {
  majlis({"members", "cooks", "add", "ann@example.org"});
  const Ran ran = majlis({"members", "cooks", "remove", "ann@example.org", "bob@example.org"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "1 removed, 1 not on the list\n");
  EXPECT_EQ(ran.err, "majlis: members: bob@example.org is not on the list\n");
}

TEST_F(Members, AreExportedAsImportReadsThemBack) {
  majlis({"members", "cooks", "add", "\"Lee, Ann\" <ann@example.org>", "bob@example.org"});
  const std::string exported = majlis({"members", "cooks", "export"}).out;
  EXPECT_THAT(exported, HasSubstr("<ann@example.org>\nbob@example.org\n"));
  make_list("bakers", "strip = no\n");
  EXPECT_EQ(majlis({"members", "bakers", "import", "-"}, exported).out, "2 added, 0 on the list already, 0 refused\n");
  EXPECT_EQ(majlis({"members", "bakers", "export"}).out, exported);
}

TEST_F(Members, AreImportedFromFilesOfManyPrograms) {
  make_list("bakers", "strip = no\n");
  const auto import = [&](const std::string& text) { return majlis({"members", "bakers", "import", "-"}, text); };
  EXPECT_EQ(import("\xEF\xBB\xBF"
                   "ann@example.org\r\n")
                .out,
            "1 added, 0 on the list already, 0 refused\n");
  EXPECT_EQ(import("=?utf-8?Q?R=C3=A9my?= <remy@example.org>\nRen\xE9 <rene@example.org>\n").status, 0);
  EXPECT_EQ(import(std::string("\xFF\xFE"
                               "b\0o\0b\0@\0e\0x\0.\0o\0r\0g\0\n\0",
                               24))
                .err,
            "");
  const std::string listed = majlis({"members", "bakers", "list", "--json"}).out;
  EXPECT_THAT(listed, HasSubstr("\"address\": \"ann@example.org\""));
  EXPECT_THAT(listed, HasSubstr("\"name\": \"R\u00e9my\""));
  EXPECT_THAT(listed, HasSubstr("\"name\": \"Ren\u00e9\""));
  EXPECT_THAT(listed, HasSubstr("\"address\": \"bob@ex.org\""));
}

TEST_F(Members, JsonHasOneObjectALineWithFlags) {
  majlis({"members", "cooks", "add", "ann@example.org", "bob@example.org"});
  EXPECT_EQ(majlis({"members", "cooks", "set", "bob@example.org", "nomail"}).status, 0);
  const std::string out = majlis({"members", "cooks", "list", "--json"}).out;
  EXPECT_THAT(out, HasSubstr("\"address\": \"ann@example.org\", \"name\": \"\", \"flags\": []"));
  EXPECT_THAT(out, HasSubstr("\"address\": \"bob@example.org\", \"name\": \"\", \"flags\": [\"nomail\"]"));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
}

TEST_F(Members, AnOptionThatIsNoneIsRefusedWithThoseThatAre) {
  majlis({"members", "cooks", "add", "ann@example.org"});
  for (const char* bad : {"loud", "\x1B[31m"}) {
    const Ran ran = majlis({"members", "cooks", "set", "ann@example.org", bad});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("there is no such option; there are digest nomail"));
  }
  EXPECT_EQ(majlis({"members", "cooks", "set", "ann@example.org", "nomail", "mail"}).status, 1) << "one at a time";
}

TEST_F(Members, AnOptionOfNobodyIsSaid) {
  const Ran ran = majlis({"members", "cooks", "set", "ann@example.org", "nomail"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "majlis: members: ann@example.org is not on the list\n");
}

}  // namespace
}  // namespace majlis::bin::admin
