#include "lists/posts/examination.h"

#include "auth/password.h"
#include "auth/password_mark.h"
#include "auth/token.h"
#include "lists/effects/personal_password.h"
#include "lists/effects/work.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;

class Examination : public ScratchList {
 protected:
  static Arrival arrival(const std::string& raw) {
    return {mail::Message::open(raw), *mail::Address::parse(kCooks), mail::Address::parse("ann@example.com"), kNow};
  }
};

const std::string kPost = "From: Ann <ann@example.com>\nTo: cooks@lists.example.org\nSubject: soup\n\nRice.\n";

// Somebody else holds the site's lock meanwhile: it is not asked for.
TEST_F(Examination, NeedsNoLock) {
  make_list("cooks", "taboo_body = /rice/i\nmaxlength = 3\n");
  const auto held = writer();
  const List cooks = list("cooks");
  const auto examined = examine(*site_, cooks, arrival(kPost)).value();
  ASSERT_EQ(examined->findings.answers.size(), post_rules().size());
  std::vector<std::string_view> found;
  for (std::size_t i = 0; i < post_rules().size(); ++i) {
    if (examined->findings.answers[i]) found.push_back(post_rules()[i].name);
  }
  EXPECT_EQ(found, (std::vector<std::string_view>{"taboo_body", "max_size"}));
}

// Archive, digests and personal copies start from one result. Nor is the lock asked for by a list that minds no
// policies of authors' domains, or changes nothing.
TEST_F(Examination, HasTheCopiesOfWhatMayPass) {
  make_list("cooks",
            "dmarc = none\nsubject_prefix = [cooks]\npersonalize = full\nmessage_footer << END\nFor $USER_NAME\nEND\n");
  const auto held = writer();
  const List cooks = list("cooks");
  const auto examined = examine(*site_, cooks, arrival(kPost)).value();
  ASSERT_TRUE(examined->copies && examined->copies->personal);
  const Copies& copies = *examined->copies;
  for (const std::string& copy : {copies.for_all, copies.personal->text}) {
    EXPECT_NE(copy.find("Subject: [cooks] soup\n"), std::string::npos) << copy;
  }
  ASSERT_EQ(copies.digests.size(), 1U);
  EXPECT_NE(copies.digests[0].text.value_or("").find("Subject: [cooks] soup\n"), std::string::npos);
}

TEST_F(Examination, MakesNoCopiesOfWhatIsHeldWhoeverSentIt) {
  make_list("cooks", "moderate = yes\n");
  EXPECT_FALSE(examine(*site_, list("cooks"), arrival(kPost)).value()->copies);
  make_list("cooks", "moderate = no\n");
  EXPECT_TRUE(examine(*site_, list("cooks"), arrival(kPost)).value()->copies);
}

// The second word of three is right; a list from before there were marks; one verification a message.
TEST_F(Examination, FindsThePasswordByItsMarkWhichItGetsWhenItIsNextGivenRight) {
  make_list("cooks", "owner = olga@example.com\n");
  const ListPasswords passwords{auth::hash_password("rice-and-saffron").value(), ""};
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/passwords", passwords.write(), 0600).ok());
  const std::string guesses = kPost + "approve wrong-word-1 rice-and-saffron wrong-word-2 who\n";
  const auto before = examine(*site_, list("cooks"), arrival(guesses)).value();
  EXPECT_FALSE(before->facts.has_password_in_text);
  EXPECT_EQ(before->wrong_words, WrongWords::perhaps_none);

  const auto given = examine(*site_, list("cooks"), arrival("Approved: rice-and-saffron\n" + kPost)).value();
  EXPECT_EQ(given->check, PasswordCheck::right);
  {
    Work work = std::move(Work::begin(*site_, "0123456789abcdef", kNow).value());
    ASSERT_TRUE(keep_mark(work, list("cooks"), given->marked_hash).ok());
    ASSERT_TRUE(work.finish("accept").ok());
  }
  EXPECT_TRUE(auth::has_mark(list("cooks").passwords().admin, site_->keys()));

  const auto after = examine(*site_, list("cooks"), arrival(guesses)).value();
  EXPECT_TRUE(after->facts.has_password_in_text);
  EXPECT_FALSE(after->facts.author_is_in_charge);
  const auto wrong = examine(*site_, list("cooks"), arrival("Approved: wrong-word-3\n" + kPost)).value();
  EXPECT_EQ(wrong->check, PasswordCheck::wrong);
  EXPECT_FALSE(wrong->facts.has_password_in_text);
}

// Under the lock where another holds the store so long that it could not be asked before.
TEST_F(Examination, FindsThePersonalPasswordOfItsAuthorSoonerOrLater) {
  make_list("cooks", "");
  {
    Work work = std::move(Work::begin(*site_, "0123456789abcdef", kNow).value());
    const std::string hash = auth::hash_password("Tall-Oak-77", site_->keys().front()).value();
    ASSERT_TRUE(put_personal_hash(work, *mail::Address::parse("ann@example.com"), hash).ok());
    ASSERT_TRUE(work.finish("commands").ok());
  }
  const std::string post = kPost + "set cooks nomail PW=Tall-Oak-77\n";
  EXPECT_TRUE(examine(*site_, list("cooks"), arrival(post)).value()->facts.has_own_password);
  EXPECT_FALSE(examine(*site_, list("cooks"), arrival(kPost)).value()->facts.has_own_password);
  const auto held = writer();
  const auto examined = examine(*site_, list("cooks"), arrival(post)).value();
  EXPECT_FALSE(examined->facts.has_own_password);
  ASSERT_TRUE(look_for_own_password(*site_, *held, *examined).ok());
  EXPECT_TRUE(examined->facts.has_own_password);
}

TEST_F(Examination, FindsATokenOfThisSiteThatIsStillGood) {
  make_list("cooks", "");
  const auth::TokenGrant grant{kCooks, "subscribe", "eve@example.org", ""};
  const std::string token = auth::make_token(site_->keys().front(), grant, kNow + 3600);
  const auto has_token = [&](const std::string& raw) {
    return examine(*site_, list("cooks"), arrival(raw)).value()->facts.has_live_token;
  };
  EXPECT_TRUE(has_token(kPost + "> auth " + token + " subscribe cooks eve@example.org\n"));
  EXPECT_TRUE(has_token("Cc: cooks-confirm+" + token + "@lists.example.org\n" + kPost));
  EXPECT_FALSE(has_token(kPost + "auth " + auth::make_token(site_->keys().front(), grant, kNow) + "\n"));
  EXPECT_FALSE(has_token(kPost + "d41d8cd98f00b204e9800998ecf8427e\n"));
}

TEST_F(Examination, TellsPostsApartByMessageIdAndContent) {
  make_list("cooks", "");
  const List cooks = list("cooks");
  const auto identity = [&](const std::string& raw) { return examine(*site_, cooks, arrival(raw)).value()->identity; };
  const std::string with_id = "Message-ID: <1@example.com>\n" + kPost;
  EXPECT_EQ(identity(with_id), identity("X-Hop: 1\n" + with_id));
  EXPECT_NE(identity(with_id), identity("Message-ID: <2@example.com>\n" + kPost));
  EXPECT_NE(identity(with_id), identity(with_id + "More.\n"));
  EXPECT_NE(identity(with_id), identity("Date: Tue, 24 Nov 2026 10:00:00 +0000\n" + with_id));
}

// Devices and scripts leave it out and say the same every day.
TEST_F(Examination, WithoutAMessageIdNothingIsAPostThatWasThere) {
  make_list("cooks", "moderate = no\n");
  const List cooks = list("cooks");
  EXPECT_EQ(examine(*site_, cooks, arrival(kPost)).value()->identity, "");
  EXPECT_NE(examine(*site_, cooks, arrival(kPost)).value()->facts.message->message_id(), "");
}

// Who does not know the password sends in nothing for others.
TEST_F(Examination, TakesAPostOfSomebodyElseFromWhoKnowsThePasswordOnly) {
  ASSERT_TRUE(auth::start_crypto().ok());
  make_list("cooks", "owner = olga@example.com\n");
  const ListPasswords passwords{auth::hash_password("rice-and-saffron").value(), ""};
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/passwords", passwords.write(), 0600).ok());
  const List cooks = list("cooks");
  const std::string head = "From: Ann <ann@example.com>\nTo: cooks@lists.example.org\nSubject: soup\n\nApproved: ";
  const std::string inner = "\nFrom: Eve <eve@example.com>\nTo: cooks@lists.example.org\nSubject: stew\n\nHot.\n";
  EXPECT_EQ(examine(*site_, cooks, arrival(head + "rice-and-saffron" + inner)).value()->requester(), "eve@example.com");
  EXPECT_EQ(examine(*site_, cooks, arrival(head + "wrong-word-3" + inner)).value()->requester(), "ann@example.com");
}

}  // namespace
}  // namespace majlis::lists
