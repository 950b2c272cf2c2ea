#include "lists/members/admission.h"

#include <gmock/gmock.h>

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;

class Admitted : public ScratchList {
 protected:
  Admitted() { make_list("cooks", ""); }
  Result<mail::Mailbox> read(const std::string& line) const { return Admission::open(*site_).value().read(line); }
};

TEST_F(Admitted, IsAnAddressOrANameWithOne) {
  EXPECT_EQ(read("ann@example.org").value().address.text(), "ann@example.org");
  const Result<mail::Mailbox> named = read("  Ann Lee <ann@example.org>\t");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->display, "Ann Lee");
  EXPECT_EQ(named->address.text(), "ann@example.org");
}

TEST_F(Admitted, WhatIsNoAddressIsRefusedInPrintableWords) {
  for (const char* bad : {"", "ann", "ann@", "ann@example.org bob@example.org", "a\x1B[31m"}) {
    const Result<mail::Mailbox> read_back = read(bad);
    ASSERT_FALSE(read_back) << bad;
    EXPECT_EQ(read_back.error().kind, ErrorKind::refused);
    EXPECT_THAT(read_back.error().what, HasSubstr("is no mail address"));
    EXPECT_EQ(read_back.error().what.find('\x1B'), std::string::npos);
  }
}

// A list that is a member of a list is a loop.
TEST_F(Admitted, TheSitesOwnAddressesAreRefused) {
  for (const char* own :
       {"cooks@lists.example.org", "COOKS-request@Lists.Example.Org", "majordomo@lists.example.org"}) {
    const Result<mail::Mailbox> read_back = read(own);
    ASSERT_FALSE(read_back) << own;
    EXPECT_THAT(read_back.error().what, HasSubstr("is an address of this site"));
  }
}

TEST_F(Admitted, OtherPeopleOfTheSitesDomainMayJoin) {
  EXPECT_TRUE(read("ann@lists.example.org").ok());
  EXPECT_TRUE(read("cooks@example.org").ok());
}

}  // namespace
}  // namespace majlis::lists
