#include "lists/members/member_option.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "lists/effects/new_member.h"
#include "lists/site/config/default_options.h"
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
  constexpr std::pair<const char*, const char*> kPairs[] = {{"nomail", "mail"},           {"conceal", "noconceal"},
                                                            {"digest-plain", "nodigest"}, {"digest-mime", "nodigest"},
                                                            {"norenew", "renew"},         {"moderated", "unmoderated"},
                                                            {"nopost", "post"},           {"alias", "noalias"},
                                                            {"editor", "noeditor"},       {"ack", "noack"},
                                                            {"norepro", "repro"},         {"nodupes", "dupes"},
                                                            {"subjecthdr", "fullhdr"},    {"shorthdr", "fullhdr"},
                                                            {"dualhdr", "fullhdr"},       {"ietfhdr", "fullhdr"}};
  for (const auto& [set, unset] : kPairs) {
    const std::uint32_t flags = flags_with(0, option(set));
    EXPECT_EQ(options_set(flags), set);
    EXPECT_EQ(flags_with(flags, option(unset)), 0U) << unset;
  }
}

// An older name of an option stands in people's scripts.
TEST(MemberOption, ConcealedIsConceal) {
  for (const char* name : {"concealed", "CONCEALED"}) EXPECT_EQ(find_member_option(name), &option("conceal")) << name;
  EXPECT_EQ(find_member_option("concealeds"), nullptr);
}

// Whoever joins begins with what `set` would have made of a member.
TEST(MemberOption, DefaultOptionsAreOptionsOfMembers) {
  std::vector<std::string_view> names = {"digest"};
  for (const MemberOption& each : member_options()) {
    if (may_be_default(each.name)) names.push_back(each.name);
  }
  EXPECT_GT(names.size(), 20U);
  for (const std::string_view name : names) {
    ListConfig config;
    ASSERT_TRUE(config.set(Setting::default_options, name).ok()) << name;
    const std::string meant = name == "digest" ? "digest-plain" : std::string(name);
    EXPECT_EQ(flags_of_new_member(config), flags_with(0, option(meant)) & ~store::kMemberStopped) << name;
    for (const std::string_view other : names) {
      ASSERT_TRUE(config.set(Setting::default_options, std::string(other) + " " + std::string(name)).ok());
      const std::string other_meant = other == "digest" ? "digest-plain" : std::string(other);
      EXPECT_EQ(flags_of_new_member(config), flags_with(flags_with(0, option(other_meant)), option(meant)))
          << other << ' ' << name;
    }
  }
  for (const char* name : {"editor", "alias", "frob"}) {
    EXPECT_FALSE(ListConfig().set(Setting::default_options, name).ok()) << name;
  }
}

TEST(MemberOption, NewMembersAreToldOfTheirPostsUnlessDefaultOptionsSayNo) {
  ListConfig config;
  ASSERT_TRUE(config.set(Setting::ack_new_members, "yes").ok());
  EXPECT_EQ(flags_of_new_member(config), store::kMemberAck);
  ASSERT_TRUE(config.set(Setting::default_options, "noack").ok());
  EXPECT_EQ(flags_of_new_member(config), 0U);
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
