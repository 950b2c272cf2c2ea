#include "lists/members/member_option.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

const MemberOption& option(std::string_view name) {
  for (const MemberOption& each : member_options()) {
    if (each.name == name) return each;
  }
  ADD_FAILURE() << name;
  return member_options().front();
}

TEST(MemberOption, EachHasAnOppositeThatTakesItBack) {
  constexpr std::pair<const char*, const char*> kPairs[] = {
      {"nomail", "mail"},      {"conceal", "noconceal"},     {"digest-plain", "nodigest"}, {"digest-mime", "nodigest"},
      {"norenew", "renew"},    {"moderated", "unmoderated"}, {"nopost", "post"},           {"alias", "noalias"},
      {"ack", "noack"},        {"norepro", "repro"},         {"nodupes", "dupes"},         {"subjecthdr", "fullhdr"},
      {"shorthdr", "fullhdr"}, {"dualhdr", "fullhdr"},       {"ietfhdr", "fullhdr"}};
  for (const auto& [set, unset] : kPairs) {
    const std::uint32_t flags = flags_with(0, option(set));
    EXPECT_EQ(options_set(flags), set);
    EXPECT_EQ(flags_with(flags, option(unset)), 0U) << unset;
  }
}

// An urgent post passes by a nomail of the member's own.
TEST(MemberOption, TheOwnersNomailIsMoreThanAMembers) {
  EXPECT_EQ(flags_with(0, option("nomail")), store::kMemberNoMail);
  const std::uint32_t stopped = flags_with(0, option("nomail"), MemberOption::By::owner);
  EXPECT_EQ(stopped, store::kMemberNoMail | store::kMemberStopped);
  EXPECT_EQ(flags_with(stopped, option("nomail")), stopped);
  EXPECT_EQ(flags_with(stopped, option("mail")), 0U);
}

TEST(MemberOption, WhatAMemberWishesForOneselfNeedsNoOwner) {
  const std::string names = " " + option_names(MemberOption::By::member) + " ";
  for (const char* name : {"ack", "noack", "norepro", "repro", "nodupes", "dupes"}) {
    EXPECT_NE(names.find(" " + std::string(name) + " "), std::string::npos) << name;
  }
}

TEST(MemberOption, AHeaderStyleTakesThePlaceOfTheOneBefore) {
  const std::uint32_t flags = flags_with(flags_with(store::kMemberAck, option("subjecthdr")), option("ietfhdr"));
  EXPECT_EQ(flags, store::kMemberAck | store::kMemberIetfHeader);
}

// Each is tried where a reply names nothing but its token.
TEST(MemberOption, AreNotTooManyToBeTried) { EXPECT_LT(all_member_options().size(), 1500U); }

}  // namespace
}  // namespace majlis::lists
