#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;

class MembersImport : public AdminSite {
 protected:
  MembersImport() { make_list("cooks", ""); }
  Ran import(const std::string& text) const { return majlis({"members", "cooks", "import", "-"}, text); }
};

TEST_F(MembersImport, SkipsCommentsAndEmptyLines) {
  const Ran ran = import("# the cooks\n\n  ann@example.org  \r\n# bob@example.org\n");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "1 added, 0 on the list already, 0 refused\n");
}

TEST_F(MembersImport, TellsLinesThatItRefusesByNumberAndTakesTheOthers) {
  const Ran ran = import("ann@example.org\nnobody\ncooks@lists.example.org\nbob@example.org\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "2 added, 0 on the list already, 2 refused\n");
  EXPECT_THAT(ran.err, HasSubstr("line 2: 'nobody' is no mail address"));
  EXPECT_THAT(ran.err, HasSubstr("line 3: cooks@lists.example.org is an address of this site"));
}

TEST_F(MembersImport, CountsAnAddressOnceHoweverOftenItStandsThere) {
  EXPECT_EQ(import("ann@example.org\nANN@Example.org\n").out, "1 added, 1 on the list already, 0 refused\n");
  EXPECT_EQ(import("ann@example.org\nbob@example.org\n").out, "1 added, 1 on the list already, 0 refused\n");
}

TEST_F(MembersImport, AfterAHundredRefusalsItOnlyCounts) {
  std::string text;
  for (int i = 0; i < 150; ++i) text += "nobody\n";
  const Ran ran = import(text);
  EXPECT_EQ(ran.out, "0 added, 0 on the list already, 150 refused\n");
  EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 101);
  EXPECT_THAT(ran.err, HasSubstr("further lines that are refused are only counted"));
}

TEST_F(MembersImport, TakesMoreThanOneTransactionHolds) {
  std::string text;
  constexpr int kMany = 50'001;
  for (int i = 0; i < kMany; ++i) text += "m" + std::to_string(i) + "@example.org\n";
  EXPECT_EQ(import(text).out, std::to_string(kMany) + " added, 0 on the list already, 0 refused\n");
  const std::string listed = majlis({"members", "cooks", "list"}).out;
  EXPECT_EQ(std::count(listed.begin(), listed.end(), '\n'), kMany) << "every page of the listing";
}

TEST_F(MembersImport, TakesTheColumnsThatATablesFirstLineNames) {
  make_list("bakers", "strip = no\n");
  const Ran ran =
      majlis({"members", "bakers", "import", "-"},
             "Joined;\"Name\";E-Mail\n2020-01-01;\"Lee; \"\"Ann\"\"\";ann@example.org\n\n2020;;bob@example.org\n");
  EXPECT_EQ(ran.out, "2 added, 0 on the list already, 0 refused\n") << ran.err;
  EXPECT_EQ(majlis({"members", "bakers", "export"}).out, "\"Lee; \\\"Ann\\\"\" <ann@example.org>\nbob@example.org\n");
}

TEST_F(MembersImport, TellsLinesOfATableByNumber) {
  const Ran ran = import("name,email\nAnn,ann@example.org\nBob\n\"Carl,carl@example.org\nDora,dora\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "1 added, 0 on the list already, 3 refused\n");
  EXPECT_THAT(ran.err, HasSubstr("line 3: there is no address in its column"));
  EXPECT_THAT(ran.err, HasSubstr("line 4: a quoted cell has no end on this line"));
  EXPECT_THAT(ran.err, HasSubstr("line 5: 'dora' is no mail address"));
}

TEST_F(MembersImport, GivesAnOptionToMembersNewAndOld) {
  import("ann@example.org\n");
  const Ran ran = majlis({"members", "cooks", "import", "-", "--option", "digest mime", "--option=conceal"},
                         "ann@example.org\nbob@example.org\n");
  EXPECT_EQ(ran.out, "1 added, 1 on the list already, 0 refused\n") << ran.err;
  const std::string listed = majlis({"members", "cooks", "list", "--json"}).out;
  std::size_t with_both = 0;
  for (std::size_t at = 0; (at = listed.find("[\"conceal\", \"digest-mime\"]", at)) != std::string::npos; ++at)
    ++with_both;
  EXPECT_EQ(with_both, 2U) << listed;
}

TEST_F(MembersImport, PassesOverRowsOfSeparatorsAlone) {
  const Ran ran = import("Name;E-Mail;Room\nAnn;ann@example.org;1\n;;\n; ;\n");
  EXPECT_EQ(ran.out, "1 added, 0 on the list already, 0 refused\n") << ran.err;
}

TEST_F(MembersImport, ChangesNothingForAnOptionThatIsNone) {
  const Ran ran = majlis({"members", "cooks", "import", "-", "--option", "loud"}, "ann@example.org\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("there is no such option; there are digest nomail"));
  EXPECT_EQ(majlis({"members", "cooks", "list"}).out, "");
}

TEST_F(MembersImport, JsonTellsTheThreeNumbers) {
  EXPECT_EQ(majlis({"members", "cooks", "import", "-", "--json"}, "ann@example.org\nx\n").out,
            "{\"list\": \"cooks@lists.example.org\", \"added\": 1, \"already\": 0, \"refused\": 1}\n");
}

}  // namespace
}  // namespace majlis::bin::admin
