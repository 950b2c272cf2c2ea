#include "lists/members/join_as.h"

#include <gtest/gtest.h>

#include "lists/members/member_option.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

TEST(JoinAs, DetailsReadBackAsTheyWereWritten) {
  for (const JoinAs as : {JoinAs{true, 0}, JoinAs{false, store::kMemberNoMail}, JoinAs{true, 0xFFFFFFFFU},
                          JoinAs{false, store::kMemberAck, store::kMemberConcealed}, JoinAs{false, 0, kMaxJoinFlags}}) {
    const auto read = read_join_details(join_details(as, "Ben \n Brook"));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->as.keeps_name, as.keeps_name);
    EXPECT_EQ(read->as.flags, as.flags);
    EXPECT_EQ(read->as.clears, as.clears);
    EXPECT_EQ(read->name, as.keeps_name ? "Ben \n Brook" : "");
  }
  EXPECT_EQ(join_details({}, "Ben Brook"), "");
  for (const char* octets : {"", "1", "x Ben", " Ben"}) EXPECT_FALSE(read_join_details(octets).has_value()) << octets;
}

TEST(JoinAs, WhatIsAskedForGoesBeforeWhatNewMembersHave) {
  const JoinAs as{false, store::kMemberAck, store::kMemberConcealed};
  EXPECT_EQ(as.flags_from(store::kMemberConcealed | store::kMemberNoRepro), store::kMemberAck | store::kMemberNoRepro);
}

TEST(MemberOptionInForce, IsAskedByTheWordsOfSet) {
  EXPECT_TRUE(is_in_force(0, "mail"));
  EXPECT_FALSE(is_in_force(store::kMemberSuspended, "mail"));
  EXPECT_FALSE(is_in_force(store::kMemberSuspended, "nomail"));
  EXPECT_TRUE(is_in_force(store::kMemberNoMail, "nomail"));
  EXPECT_TRUE(is_in_force(store::kMemberDigestPlain, "digest"));
  EXPECT_TRUE(is_in_force(store::kMemberDigestPlain, "plain"));
  EXPECT_FALSE(is_in_force(store::kMemberDigestPlain, "mime"));
  EXPECT_FALSE(is_in_force(store::kMemberDigestPlain, "nodigest"));
  EXPECT_FALSE(is_in_force(0, "fish"));
}

}  // namespace
}  // namespace majlis::lists
