#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;

class Init : public AdminSite {
 protected:
  Ran init(std::vector<std::string> options) const {
    std::vector<std::string> words = {"majlis", "init", root_ + "/new"};
    words.insert(words.end(), options.begin(), options.end());
    return majlis_without_site(words);
  }
};

TEST_F(Init, MakesASiteThatCanBeOpened) {
  const Ran ran = init({"--domain", "Lists.Example.COM", "--postmaster", "pm@example.com"});
  EXPECT_EQ(ran.status, 0);
  const Result<lists::Site> site = lists::Site::open(root_ + "/new");
  ASSERT_TRUE(site);
  EXPECT_EQ(site->config().domain, "lists.example.com");
  EXPECT_TRUE(site->open_reader().ok());
}

TEST_F(Init, NeedsADomainAndAPostmaster) {
  EXPECT_EQ(init({"--domain", "example.com"}).status, 2);
  EXPECT_EQ(init({"--postmaster", "pm@example.com"}).status, 2);
}

TEST_F(Init, NamesTheOptionThatItRefusesAndMakesNothing) {
  EXPECT_THAT(init({"--domain", "no domain", "--postmaster", "pm@example.com"}).err,
              HasSubstr("--domain: 'no domain'"));
  EXPECT_THAT(init({"--domain", "example.com", "--postmaster", "pm"}).err, HasSubstr("--postmaster: 'pm'"));
  EXPECT_EQ(init({"--domain", "example.com", "--postmaster", "pm@example.com", "--relay", "pigeon:post"}).status, 1);
  EXPECT_THAT(init({"--domain", "example.com", "--postmaster", "pm@example.com", "--relay", "maildir:/x #y"}).err,
              HasSubstr("nothing that site.conf can hold"));
  EXPECT_FALSE(path_exists(root_ + "/new"));
}

TEST_F(Init, ASiteThatIsThereStays) {
  const Ran ran =
      majlis_without_site({"majlis", "init", site_->directory(), "--domain", "x.org", "--postmaster", "pm@x.org"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("there is one already"));
}

}  // namespace
}  // namespace majlis::bin::admin
