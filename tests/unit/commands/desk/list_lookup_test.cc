#include "commands/desk/list_lookup.h"

#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class ListLookupTest : public MailDesk {
 protected:
  ListLookupTest() {
    make_list("cooks", "");
    make_list("bakers", "");
  }
  static std::string name_of(const std::optional<lists::ListName>& list) { return list ? list->name() : ""; }
  ListLookup at_majordomo() const { return {*site_, "majordomo@lists.example.org", std::nullopt}; }
  ListLookup at_cooks() const {
    return {*site_, "cooks-request@lists.example.org", lists::ListName::parse("cooks", lists::kDomain)};
  }
};

TEST_F(ListLookupTest, ABareNameMeansTheServersDomain) {
  EXPECT_EQ(name_of(at_majordomo().find("cooks")), "cooks");
  EXPECT_EQ(name_of(at_majordomo().find("cooks@lists.example.org")), "cooks");
  EXPECT_EQ(name_of(at_majordomo().find("COOKS")), "cooks");
  EXPECT_EQ(name_of(at_majordomo().find("soup")), "");
}

TEST_F(ListLookupTest, AHostThatTheSiteDoesNotServeIsLeftOutWhereNothingButAListCanStand) {
  EXPECT_EQ(name_of(at_majordomo().find("<cooks@elsewhere.example.org>")), "cooks");
  EXPECT_EQ(name_of(at_cooks().find("<bakers@elsewhere.example.org>")), "") << "it may be a person";
}

TEST_F(ListLookupTest, WithoutADefaultTheFirstWordNamesTheList) {
  const NamedTarget target = at_majordomo().name_target({"cooks", "ann@example.org"}, 1);
  EXPECT_EQ(name_of(target.list), "cooks");
  EXPECT_THAT(target.rest, testing::ElementsAre("ann@example.org"));
  EXPECT_EQ(name_of(at_majordomo().name_target({}, 0).list), "");
}

TEST_F(ListLookupTest, AtAListsAddressALineWithoutAnotherListIsAboutThatOne) {
  const NamedTarget own = at_cooks().name_target({"ann@example.org"}, 2);
  EXPECT_EQ(name_of(own.list), "cooks");
  EXPECT_THAT(own.rest, testing::ElementsAre("ann@example.org"));
  const NamedTarget other = at_cooks().name_target({"bakers", "ann@example.org"}, 2);
  EXPECT_EQ(name_of(other.list), "bakers");
  EXPECT_THAT(other.rest, testing::ElementsAre("ann@example.org"));
}

}  // namespace
}  // namespace majlis::commands
