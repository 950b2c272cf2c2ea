#include "auth/verp_tag.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"

namespace majlis::auth {
namespace {

constexpr char kCooks[] = "cooks@lists.example.org";
constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kNow = 20'781 * kDay + 4'000;  // 2026-11-24

SecretKey key(std::uint8_t id, unsigned char octet) {
  std::array<unsigned char, SecretKey::kOctets> octets{};
  octets.fill(octet);
  return SecretKey(id, octets);
}

const SecretKeys kKeys = {key(2, 0x42), key(1, 0x17)};

VerpTag tag_of(std::uint64_t member, VerpKind kind = VerpKind::post) { return {kind, member, day_of(kNow)}; }
std::string made(std::uint64_t member, VerpKind kind = VerpKind::post) {
  return make_verp_tag(kKeys.front(), kCooks, tag_of(member, kind));
}

TEST(VerpTag, ComesBackWithWhatItWasMadeOf) {
  for (const std::uint64_t member :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{0x123456789ABC}, kMaxMemberReference}) {
    for (const VerpKind kind : {VerpKind::post, VerpKind::probe}) {
      const std::string text = made(member, kind);
      EXPECT_EQ(text.size(), kVerpTagSymbols);
      EXPECT_EQ(text, to_lower_ascii(text));
      const auto tag = check_verp_tag(kKeys, kCooks, text, kNow);
      ASSERT_TRUE(tag);
      EXPECT_EQ(tag->member, member);
      EXPECT_EQ(tag->kind, kind);
      EXPECT_EQ(tag->day, day_of(kNow));
    }
  }
}

// Mail that is on its way has tags with unkeyed references, made before there were others.
TEST(VerpTag, TellsWhichKindOfReferenceItHolds) {
  const VerpTag old{VerpKind::post, 7, day_of(kNow), ReferenceKind::unkeyed};
  const std::string text = make_verp_tag(kKeys.front(), kCooks, old);
  EXPECT_EQ(text, "5nefnjgd8dfd54xd0700arj5");
  const auto tag = check_verp_tag(kKeys, kCooks, text, kNow);
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->reference, ReferenceKind::unkeyed);
  EXPECT_EQ(tag->member, 7U);
  const auto keyed = check_verp_tag(kKeys, kCooks, made(7), kNow);
  ASSERT_TRUE(keyed);
  EXPECT_EQ(keyed->reference, ReferenceKind::keyed);
  std::string turned = text;  // the second bit of the kind stands in the first letter
  turned[0] = made(7)[0];
  EXPECT_FALSE(check_verp_tag(kKeys, kCooks, turned, kNow)) << "the MAC covers it";
}

TEST(VerpTag, SurvivesCapitalLettersAndLookAlikes) {
  std::string text = made(77);
  for (char& c : text) {
    if (c == '0') c = 'O';
    if (c == '1') c = 'l';
    if (c >= 'a' && c <= 'z' && c != 'l') c = static_cast<char>(c - 'a' + 'A');
  }
  EXPECT_TRUE(check_verp_tag(kKeys, kCooks, text, kNow));
}

TEST(VerpTag, IsGoodForItsListAlone) {
  EXPECT_FALSE(check_verp_tag(kKeys, "bakers@lists.example.org", made(7), kNow));
  EXPECT_FALSE(check_verp_tag(kKeys, "", made(7), kNow));
}

TEST(VerpTag, ChangedAnywhereItIsWorthNothing) {
  const std::string text = made(0x2468);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = other[i] == '7' ? '8' : '7';
    EXPECT_FALSE(check_verp_tag(kKeys, kCooks, other, kNow)) << i;
    EXPECT_FALSE(check_verp_tag(kKeys, kCooks, text.substr(0, i), kNow)) << i;
  }
  EXPECT_FALSE(check_verp_tag(kKeys, kCooks, text + "0", kNow));
  EXPECT_FALSE(check_verp_tag(kKeys, kCooks, "joe=example.org", kNow));
}

TEST(VerpTag, LivesForThreeWeeksAndDoesNotComeBackToLife) {
  const std::string text = made(7);
  EXPECT_TRUE(check_verp_tag(kKeys, kCooks, text, kNow + kVerpLife_days * kDay));
  for (UnixTime days = kVerpLife_days + 1; days < 400; ++days) {
    EXPECT_FALSE(check_verp_tag(kKeys, kCooks, text, kNow + days * kDay)) << days;
  }
  EXPECT_TRUE(check_verp_tag(kKeys, kCooks, text, kNow - kDay));  // made by a clock that is fast
  EXPECT_FALSE(check_verp_tag(kKeys, kCooks, text, kNow - 2 * kDay));
}

TEST(VerpTag, IsHonouredAfterTheKeyWasRotatedAndNotByAForeignKey) {
  EXPECT_TRUE(check_verp_tag(kKeys, kCooks, make_verp_tag(kKeys.back(), kCooks, tag_of(7)), kNow));
  EXPECT_FALSE(check_verp_tag(kKeys, kCooks, make_verp_tag(key(2, 0x43), kCooks, tag_of(7)), kNow));
}

TEST(VerpTag, OfOneMemberShowsNothingInCommonFromDayToDay) {
  std::set<std::string> tails;
  for (UnixTime day = 0; day < 30; ++day) {
    tails.insert(make_verp_tag(kKeys.front(), kCooks, {VerpKind::post, 7, day}).substr(kVerpTagSymbols - 8));
  }
  EXPECT_EQ(tails.size(), 30U);
}

}  // namespace
}  // namespace majlis::auth
