#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;

class MembersSync : public AdminSite {
 protected:
  MembersSync() {
    make_list("cooks", "strip = no\n");
    majlis({"members", "cooks", "add", "ann@example.org", "bob@example.net", "carl@example.org", "dora@example.org",
            "Eve <Eve@example.net>"});
  }
  Ran sync(const std::string& text, const std::vector<std::string>& options = {}) const {
    std::vector<std::string> words = {"members", "cooks", "sync", "-"};
    words.insert(words.end(), options.begin(), options.end());
    return majlis(words, text);
  }
  std::string listed() const { return majlis({"members", "cooks", "list"}).out; }

  static constexpr const char* kAll =
      "bob@example.net\nEve@example.net\nann@example.org\ncarl@example.org\ndora@example.org\n";
};

TEST_F(MembersSync, AddsWhoIsMissingRemovesWhoIsNotThereAndLeavesTheOthers) {
  const Ran ran = sync(
      "email,name\neve@example.net,Evelyn\nzoe@example.org,Zoe\nANN@example.org,\nzoe@example.org,Zoe\n"
      "dora@example.org,\nbob@example.net,\nabe@example.com,\n");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "2 added, 1 removed, 4 unchanged, 0 refused\n");
  EXPECT_EQ(majlis({"members", "cooks", "export"}).out,
            "abe@example.com\nbob@example.net\n\"Eve\" <Eve@example.net>\nann@example.org\ndora@example.org\n\"Zoe\" "
            "<zoe@example.org>\n");
  EXPECT_THAT(majlis({"trace", "carl@example.org"}).out, HasSubstr("remove list=cooks@lists.example.org"));
}

TEST_F(MembersSync, SaidAgainItChangesNothing) {
  EXPECT_EQ(sync(kAll).out, "0 added, 0 removed, 5 unchanged, 0 refused\n");
}

TEST_F(MembersSync, ALineInErrorRefusesTheWhole) {
  const Ran ran = sync(std::string(kAll) + "zoe@example.org\nnobody\n", {"--json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("line 7: 'nobody' is no mail address"));
  EXPECT_EQ(
      ran.out,
      "{\"list\": \"cooks@lists.example.org\", \"added\": 0, \"removed\": 0, \"unchanged\": 5, \"refused\": 1}\n");
  EXPECT_EQ(listed(), kAll);
  EXPECT_EQ(sync(std::string(kAll) + "nobody\n", {"--force"}).status, 1) << "whatever is forced";
  EXPECT_EQ(listed(), kAll);
}

TEST_F(MembersSync, MoreThanAFifthIsRemovedOnlyByForce) {
  const std::string three = "ann@example.org\nbob@example.net\nEve@example.net\n";
  const Ran ran = sync(three);
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("2 of 5 members would be removed, more than 20 %"));
  EXPECT_EQ(listed(), kAll);
  EXPECT_EQ(sync(three, {"--force"}).out, "0 added, 2 removed, 3 unchanged, 0 refused\n");
  EXPECT_EQ(listed(), "bob@example.net\nEve@example.net\nann@example.org\n");
}

TEST_F(MembersSync, OneOfFiveIsNotMoreThanAFifth) {
  EXPECT_EQ(sync("ann@example.org\nbob@example.net\nEve@example.net\ndora@example.org\n").status, 0);
}

TEST_F(MembersSync, AnEmptyFileEmptiesAListOnlyByForce) {
  const Ran ran = sync("# nobody\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("the file names nobody"));
  EXPECT_EQ(listed(), kAll);
  EXPECT_EQ(sync("", {"--force"}).out, "0 added, 5 removed, 0 unchanged, 0 refused\n");
  EXPECT_EQ(listed(), "");
}

TEST_F(MembersSync, ADryRunShowsWhoWouldComeAndGoAndChangesNothing) {
  const Ran ran =
      sync("zoe@example.org\nann@example.org\ncarl@example.org\ndora@example.org\nEve@example.net\n", {"--dry-run"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "+ zoe@example.org\n- bob@example.net\n1 added, 1 removed, 4 unchanged, 0 refused\n");
  const Ran refused = sync("zoe@example.org\n", {"--dry-run", "--json"});
  EXPECT_EQ(refused.status, 1) << "as the run would be";
  EXPECT_THAT(refused.out, HasSubstr("{\"list\": \"cooks@lists.example.org\", \"change\": \"added\", \"address\": "
                                     "\"zoe@example.org\"}\n"));
  EXPECT_THAT(refused.out, HasSubstr("\"added\": 1, \"removed\": 5, \"unchanged\": 0, \"refused\": 0}\n"));
  EXPECT_EQ(listed(), kAll);
}

TEST_F(MembersSync, TakesMoreThanOneTransactionHolds) {
  constexpr int kMany = 50'001;
  std::string text = kAll;
  for (int i = 0; i < kMany; ++i) text += "m" + std::to_string(i) + "@example.com\n";
  EXPECT_EQ(sync(text).out, std::to_string(kMany) + " added, 0 removed, 5 unchanged, 0 refused\n");
  EXPECT_EQ(sync(kAll, {"--force"}).out, "0 added, " + std::to_string(kMany) + " removed, 5 unchanged, 0 refused\n");
  EXPECT_EQ(listed(), kAll);
}

}  // namespace
}  // namespace majlis::bin::admin
