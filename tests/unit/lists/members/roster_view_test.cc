#include "lists/members/roster_view.h"

#include <gmock/gmock.h>

#include "lists/members/roster_change.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UnixTime kNow = 1'800'000'000;

mail::Mailbox person(const std::string& address) { return {"", *mail::Address::parse(address)}; }

class Roster : public ScratchList {
 protected:
  Roster() { make_list("cooks", "strip = no\n"); }
  std::vector<MemberView> all(Bounces bounces = Bounces::left_out) const {
    std::vector<MemberView> members;
    std::string cursor;
    do {
      MemberPage page = members_page(*site_, kCooks, cursor, bounces).value();
      for (MemberView& member : page.members) members.push_back(std::move(member));
      cursor = std::move(page.cursor);
    } while (!cursor.empty());
    return members;
  }
  std::vector<std::string> addresses() const {
    std::vector<std::string> texts;
    for (const MemberView& member : all()) texts.push_back(member.address.text());
    return texts;
  }
};

TEST_F(Roster, ChangesTellWhoeverWasThereAlreadyOrWasNone) {
  const RosterChange added =
      add_members(*site_, list("cooks"), {person("ann@example.org"), person("bob@example.org")}, kNow).value();
  EXPECT_EQ(added.changed.size(), 2U);
  EXPECT_THAT(added.unchanged, IsEmpty());
  const RosterChange again =
      add_members(*site_, list("cooks"), {person("bob@example.org"), person("eve@example.org")}, kNow).value();
  EXPECT_EQ(again.changed.size(), 1U);
  EXPECT_THAT(again.unchanged, ElementsAre(*mail::Address::parse("bob@example.org")));
  const RosterChange removed =
      remove_members(*site_, list("cooks"), {person("ann@example.org"), person("zoe@example.org")}, kNow).value();
  EXPECT_EQ(removed.changed.size(), 1U);
  EXPECT_THAT(removed.unchanged, ElementsAre(*mail::Address::parse("zoe@example.org")));
  EXPECT_THAT(addresses(), ElementsAre("bob@example.org", "eve@example.org"));
}

TEST_F(Roster, ChangesByHandAreTraced) {
  ASSERT_TRUE(add_members(*site_, list("cooks"), {person("ann@example.org")}, kNow).ok());
  ASSERT_TRUE(remove_members(*site_, list("cooks"), {person("ann@example.org")}, kNow).ok());
  std::vector<std::string> texts;
  const std::vector<store::TraceEvent> events = reader()->trace("ann@example.org", 10).value();
  for (const store::TraceEvent& event : events) texts.push_back(event.text);
  EXPECT_THAT(texts, ElementsAre("add list=cooks@lists.example.org by=administrator",
                                 "remove list=cooks@lists.example.org by=administrator"));
}

TEST_F(Roster, AMemberIsShownWithFlagsNameAndWhatCameBack) {
  const mail::Address ann = *mail::Address::parse("Ann@example.org");
  ASSERT_TRUE(add_members(*site_, list("cooks"), {{"Ann Lee", ann}}, kNow).ok());
  auto state = writer();
  ASSERT_TRUE(state->set_member_flags(kCooks, ann, store::kMemberNoMail | store::kMemberConcealed).ok());
  store::BounceRecord record;
  record.address = ann.canonical();
  record.score = 150;
  record.days = 2;
  record.last = kNow;
  record.status = "5.1.1";
  record.probed = kNow;
  ASSERT_TRUE(state->put_bounces(kCooks, ann, record, kNow + 1000).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();

  const std::vector<MemberView> shown = all(Bounces::wanted);
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].address.text(), "Ann@example.org");
  EXPECT_EQ(shown[0].name, "Ann Lee");
  EXPECT_THAT(shown[0].flags, ElementsAre("nomail", "conceal"));
  EXPECT_EQ(shown[0].joined, kNow);
  ASSERT_TRUE(shown[0].bounces);
  EXPECT_EQ(shown[0].bounces->state, "probed");
  EXPECT_EQ(shown[0].bounces->score, 150U);
  EXPECT_FALSE(all().front().bounces) << "only where they are wanted";
}

TEST_F(Roster, AnOptionThatBringsMailBackEndsASuspension) {
  const mail::Address ann = *mail::Address::parse("ann@example.org");
  ASSERT_TRUE(add_members(*site_, list("cooks"), {{"", ann}}, kNow).ok());
  auto state = writer();
  ASSERT_TRUE(state->set_member_flags(kCooks, ann, store::kMemberSuspended).ok());
  store::BounceRecord record;
  record.address = ann.canonical();
  record.score = 500;
  record.suspended = kNow - 1;
  ASSERT_TRUE(state->put_bounces(kCooks, ann, record, kNow + 1000).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  std::vector<std::string> words = {"mail"};
  const MemberOptions options = take_options(list("cooks"), words);
  ASSERT_FALSE(options.empty());
  EXPECT_EQ(set_options(*site_, list("cooks"), ann, options, kNow).value().changed.size(), 1U);
  EXPECT_THAT(all().front().flags, IsEmpty());
  const auto after = reader()->find_bounces(kCooks, ann).value();
  EXPECT_TRUE(!after || (after->suspended == 0 && after->score == 0)) << "it begins anew";
  const mail::Address nobody = *mail::Address::parse("zoe@example.org");
  EXPECT_EQ(set_options(*site_, list("cooks"), nobody, options, kNow).value().unchanged.size(), 1U);
}

TEST_F(Roster, ImportOrdersAsTheRosterDoes) {
  const auto order = [](const char* address) { return roster_order(*mail::Address::parse(address)); };
  EXPECT_LT(order("zoe@a.org"), order("ann@b.org")) << "domains first";
  EXPECT_LT(order("zoe@example.com"), order("ann@example.org")) << "from their end";
  EXPECT_EQ(order("Ann@Example.org"), order("ann@example.org"));
}

TEST_F(Roster, NamesAreDroppedWhereTheListStripsThem) {
  make_list("cooks", "strip = yes\n");
  const mail::Address ann = *mail::Address::parse("ann@example.org");
  IndexAhead none;
  ASSERT_TRUE(import_members(*site_, list("cooks"), {{"Ann Lee", ann}}, {}, kNow, none).ok());
  EXPECT_EQ(all().front().name, "");
}

TEST_F(Roster, EveryFlagIsShownByItsWord) {
  const std::vector<std::pair<std::uint32_t, std::string_view>> words = {{store::kMemberNoMail, "nomail"},
                                                                         {store::kMemberModerated, "moderated"},
                                                                         {store::kMemberConcealed, "conceal"},
                                                                         {store::kMemberSuspended, "suspended"},
                                                                         {store::kMemberDigestMime, "digest-mime"},
                                                                         {store::kMemberDigestPlain, "digest-plain"},
                                                                         {store::kMemberIndex, "index"},
                                                                         {store::kMemberNoRenew, "norenew"},
                                                                         {store::kMemberNoPost, "nopost"},
                                                                         {store::kMemberAlias, "alias"},
                                                                         {store::kMemberAck, "ack"},
                                                                         {store::kMemberNoRepro, "norepro"},
                                                                         {store::kMemberNoDupes, "nodupes"}};
  ASSERT_TRUE(add_members(*site_, list("cooks"), {person("ann@example.org")}, kNow).ok());
  for (const auto& [flag, word] : words) {
    auto state = writer();
    ASSERT_TRUE(state->set_member_flags(kCooks, person("ann@example.org").address, flag).ok());
    ASSERT_TRUE(state->commit().ok());
    state.reset();
    EXPECT_THAT(all().front().flags, ElementsAre(word));
  }
}

TEST_F(Roster, WhatCameBackIsShownByHowFarItHasCome) {
  const mail::Address ann = *mail::Address::parse("ann@example.org");
  ASSERT_TRUE(add_members(*site_, list("cooks"), {{"", ann}}, kNow).ok());
  store::BounceRecord record;
  record.address = ann.canonical();
  const auto shown = [&] {
    auto state = writer();
    EXPECT_TRUE(state->put_bounces(kCooks, ann, record, kNow + 1000).ok());
    EXPECT_TRUE(state->commit().ok());
    state.reset();
    const std::vector<MemberView> members = all(Bounces::wanted);
    return members.front().bounces ? std::string(members.front().bounces->state) : "";
  };
  EXPECT_EQ(shown(), "") << "nothing is counted";
  record.score = 100;
  record.days = 1;
  record.last = kNow;
  EXPECT_EQ(shown(), "counted");
  record.probed = kNow;
  EXPECT_EQ(shown(), "probed");
  record.suspended = kNow;
  EXPECT_EQ(shown(), "suspended");
}

}  // namespace
}  // namespace majlis::lists
