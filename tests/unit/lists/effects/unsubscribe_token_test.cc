#include "lists/effects/unsubscribe_token.h"

#include <gtest/gtest.h>

#include "auth/token.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

class UnsubscribeToken : public ScratchList {
 protected:
  UnsubscribeToken() { EXPECT_TRUE(auth::start_crypto().ok()); }

  static store::Member joe() { return {*mail::Address::parse("joe@example.org"), "Joe", 0, 1000, 7}; }
  std::string token() const { return unsubscribe_token(*site_, kCooks, joe().address, joe().joined_at); }
};

TEST_F(UnsubscribeToken, IsGoodForOneMembershipOfOneList) {
  EXPECT_TRUE(may_unsubscribe(*site_, kCooks, joe(), token()));
  EXPECT_FALSE(may_unsubscribe(*site_, "bakers@lists.example.org", joe(), token()));
  store::Member other = joe();
  other.address = *mail::Address::parse("ann@example.org");
  EXPECT_FALSE(may_unsubscribe(*site_, kCooks, other, token()));
  store::Member again = joe();
  again.joined_at = 8;
  EXPECT_FALSE(may_unsubscribe(*site_, kCooks, again, token()));
  store::Member renamed = joe();
  renamed.display = "Joe P.";
  renamed.flags = store::kMemberNoMail;
  renamed.renewed = 2000;
  EXPECT_TRUE(may_unsubscribe(*site_, kCooks, renamed, token()));
}

TEST_F(UnsubscribeToken, EveryOctetCounts) {
  for (std::size_t i = 0; i < token().size(); ++i) {
    std::string altered = token();
    altered[i] = altered[i] == 'a' ? 'b' : 'a';
    EXPECT_FALSE(may_unsubscribe(*site_, kCooks, joe(), altered)) << altered;
  }
  for (const std::string& cut : {std::string(), token().substr(1), token() + "0"}) {
    EXPECT_FALSE(may_unsubscribe(*site_, kCooks, joe(), cut)) << cut;
  }
}

TEST_F(UnsubscribeToken, ALetterThatAsksToConfirmAndALinkAreNotGoodForEachOther) {
  const auth::TokenGrant grant{kCooks, "unsubscribe", "joe@example.org", ""};
  EXPECT_FALSE(auth::check_token(site_->keys(), token(), grant, 1000));
  const std::string challenge = auth::make_token(site_->keys().front(), grant, auth::kTokenOfNoEnd);
  EXPECT_FALSE(may_unsubscribe(*site_, kCooks, joe(), challenge));
}

}  // namespace
}  // namespace majlis::lists
