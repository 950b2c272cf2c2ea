#include "lists/posts/post.h"

#include "auth/password.h"
#include "auth/password_mark.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;
constexpr const char* kSoup =
    "From: ann@example.org\nTo: cooks@lists.example.org\nSubject: soup\nMessage-ID: <soup@example.org>\n\nIs it hot?\n";

class Post : public ScratchList {
 protected:
  // Each sender is another arrival of its own: the MTA's second try would find the first one's receipt.
  Outcome arrive(const std::string& raw, const std::string& sender) const {
    Arrival arrival{mail::Message::open(raw), *mail::Address::parse(kCooks), mail::Address::parse(sender), kNow};
    Result<Outcome> outcome = receive_post(*site_, list("cooks"), arrival);
    return outcome ? *outcome : Outcome{outcome.error().what, "", ""};
  }
  std::size_t held() const { return reader()->pending_items(kCooks, 10).value().size(); }
};

TEST_F(Post, AHeldOneThatComesAgainIsADuplicate) {
  make_list("cooks", "moderate = yes\nmoderators << END\nmona@example.org\nEND\n");
  EXPECT_EQ(arrive(kSoup, "ann@example.org").verdict, "hold");
  const Outcome again = arrive(kSoup, "relay@example.org");
  EXPECT_EQ(again.rule, "duplicate");
  EXPECT_NE(again.verdict, "hold");
  EXPECT_EQ(held(), 1U);
}

TEST_F(Post, AnotherTextUnderAKnownMessageIdIsHeldAsWell) {
  make_list("cooks", "moderate = yes\nmoderators << END\nmona@example.org\nEND\n");
  EXPECT_EQ(arrive(kSoup, "ann@example.org").verdict, "hold");
  EXPECT_EQ(arrive(std::string(kSoup) + "Or cold?\n", "ann@example.org").verdict, "hold");
  EXPECT_EQ(held(), 2U);
}

TEST_F(Post, ADistributedOneThatComesAgainIsADuplicate) {
  make_list("cooks", "moderate = no\n");
  {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, {*mail::Address::parse("ann@example.org"), "", 0, kNow, 0}).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  EXPECT_EQ(arrive(kSoup, "ann@example.org").verdict, "accept");
  EXPECT_EQ(arrive(kSoup, "relay@example.org").rule, "duplicate");
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(Post, ARefusedOneMayBeSentAgain) {
  make_list("cooks", "moderate = no\npost_access = list\nnonmember_posts = reject\n");
  EXPECT_EQ(arrive(kSoup, "ann@example.org").verdict, "reject");
  {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, {*mail::Address::parse("ann@example.org"), "", 0, kNow, 0}).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  EXPECT_EQ(arrive(kSoup, "relay@example.org").verdict, "accept");
}

TEST_F(Post, APasswordThatIsRightGetsItsMark) {
  ASSERT_TRUE(auth::start_crypto().ok());
  make_list("cooks", "moderate = yes\n");
  const ListPasswords passwords{auth::hash_password("rice-and-saffron").value(), ""};
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/passwords", passwords.write(), 0600).ok());
  EXPECT_EQ(arrive(std::string("Approved: rice-and-saffron\n") + kSoup, "ann@example.org").verdict, "accept");
  EXPECT_TRUE(auth::has_mark(list("cooks").passwords().admin, site_->keys()));
}

}  // namespace
}  // namespace majlis::lists
