#include "lists/effects/set_aside.h"

#include <gmock/gmock.h>

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;

constexpr UnixTime kNow = 1'800'000'000;

class SetAside : public ScratchList {
 protected:
  static Arrival arrival(int number, UnixTime now = kNow) {
    return {mail::Message::open("From: a@b.example, c@d.example\nSubject: " + std::to_string(number) + "\n\n" +
                                std::string(1000, 'x') + "\n"),
            *mail::Address::parse("majordomo@lists.example.org"), mail::ReturnPath(), now};
  }
  // "" where it was kept.
  std::string keep(int number, UnixTime now = kNow) {
    const Result<Outcome> outcome = set_aside(*site_, arrival(number, now), "two authors");
    if (outcome) return "";
    EXPECT_EQ(outcome.error().kind, ErrorKind::again);
    return outcome.error().what;
  }
  std::size_t in_bad() const { return list_directory(site_->directory() + "/spool/bad").value().size(); }
};

TEST_F(SetAside, BeyondItsCeilingMailStaysWithTheMtaAndThePostmasterHears) {
  configure_site([](SiteConfig& site) { site.max_bad_files = 2; });
  EXPECT_EQ(keep(1), "");
  EXPECT_EQ(keep(2), "");
  EXPECT_EQ(jobs().size(), 1U) << "of the first";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(keep(3, kNow + i), "lists: max_bad_files of the site is reached: the mail server keeps it");
  }
  EXPECT_NE(keep(4), "");
  EXPECT_EQ(in_bad(), 4U) << "two, and their reasons";
  ASSERT_EQ(jobs().size(), 2U);
  EXPECT_THAT(jobs(), testing::Contains(testing::AllOf(HasSubstr("\nto postmaster@example.org\n"),
                                                       HasSubstr("max_bad_files in site.conf: 2"))));
}

TEST_F(SetAside, OctetsAreCountedToo) {
  configure_site([](SiteConfig& site) { site.max_bad_octets = 1500; });
  EXPECT_EQ(keep(1), "");
  EXPECT_THAT(keep(2), HasSubstr("max_bad_octets"));
}

TEST_F(SetAside, WhatLiesThereAlreadyIsNotRefusedWhenItComesAgain) {
  configure_site([](SiteConfig& site) { site.max_bad_files = 1; });
  EXPECT_EQ(keep(1), "");
  EXPECT_EQ(keep(1), "");
  EXPECT_THAT(keep(2), HasSubstr("max_bad_files"));
  std::filesystem::remove_all(site_->directory() + "/spool/bad");
  ASSERT_TRUE(make_directory(site_->directory() + "/spool/bad", 0700).ok());
  EXPECT_EQ(keep(2), "") << "there is room again";
}

}  // namespace
}  // namespace majlis::lists
