#include "net/dmarc_record.h"

#include <gtest/gtest.h>

namespace majlis::net {
namespace {

using Alignment = DmarcRecord::Alignment;
using Suffix = DmarcRecord::Suffix;

TEST(DmarcRecord, SaysWhatItsTagsSay) {
  const auto record =
      parse_dmarc_record("v=DMARC1; p=reject; sp=quarantine; np=none; adkim=s; aspf=s; psd=n; t=y; pct=0; x=y");
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->policy, DmarcPolicy::reject);
  EXPECT_EQ(record->subdomains, DmarcPolicy::quarantine);
  EXPECT_EQ(record->missing_subdomains, DmarcPolicy::none);
  EXPECT_EQ(record->dkim, Alignment::strict);
  EXPECT_EQ(record->spf, Alignment::strict);
  EXPECT_EQ(record->suffix, Suffix::no);
  EXPECT_TRUE(record->is_test);
  EXPECT_TRUE(record->is_applied);
}

TEST(DmarcRecord, HasDefaults) {
  const auto record = parse_dmarc_record("v=DMARC1");
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->policy, DmarcPolicy::none);
  EXPECT_FALSE(record->subdomains.has_value());
  EXPECT_EQ(record->dkim, Alignment::relaxed);
  EXPECT_EQ(record->suffix, Suffix::unknown);
  EXPECT_FALSE(record->is_test);
}

TEST(DmarcRecord, BlanksAndCapitalsDoNotMatterButInTheVersion) {
  for (const char* text :
       {"v=DMARC1;p=reject", "v=DMARC1 ; p = reject ;", "V\t= DMARC1;P=REJECT", "v=DMARC1;;p=reject;"}) {
    const auto record = parse_dmarc_record(text);
    ASSERT_TRUE(record.has_value()) << text;
    EXPECT_EQ(record->policy, DmarcPolicy::reject) << text;
  }
}

TEST(DmarcRecord, IsNoneWithoutItsVersionInFront) {
  for (const char* text : {"", ";", "p=reject; v=DMARC1", "v=DMARC2; p=reject", "v=dmarc1; p=reject",
                           " v=DMARC1; p=reject", "v=DMARC1 p=reject", "v=DMARC1x; p=reject", "v=spf1 -all",
                           "v=DMARC1; v=DMARC1; p=reject", "v=DMARC1; p=none; p=reject"}) {
    EXPECT_FALSE(parse_dmarc_record(text).has_value()) << text;
  }
}

TEST(DmarcRecord, PoliciesThatCannotBeReadAskForNothing) {
  for (const char* tags : {"p=rejected", "p=", "p=reject; sp=maybe", "p=reject; np=x"}) {
    const auto plain = parse_dmarc_record(std::string("v=DMARC1; ") + tags);
    ASSERT_TRUE(plain.has_value());
    EXPECT_FALSE(plain->is_applied) << tags;
    const auto reported = parse_dmarc_record(std::string("v=DMARC1; rua=mailto:a@b.test; ") + tags);
    EXPECT_TRUE(reported->is_applied) << tags;
    EXPECT_EQ(reported->policy, DmarcPolicy::none);
    EXPECT_FALSE(reported->subdomains.has_value());
    EXPECT_FALSE(parse_dmarc_record(std::string("v=DMARC1; rua=nobody; ") + tags)->is_applied) << tags;
  }
}

TEST(DmarcRecord, WhatIsNoTagIsPassedOver) {
  const auto record = parse_dmarc_record("v=DMARC1; rubbish; =x; 1=2; adkim=maybe; psd=?; t=no; p=quarantine");
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->policy, DmarcPolicy::quarantine);
  EXPECT_EQ(record->dkim, Alignment::relaxed);
  EXPECT_EQ(record->suffix, Suffix::unknown);
  EXPECT_FALSE(record->is_test);
}

}  // namespace
}  // namespace majlis::net
