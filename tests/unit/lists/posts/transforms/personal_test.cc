#include "lists/posts/transforms/personal.h"

#include <gtest/gtest.h>

#include "auth/secret_file.h"
#include "lists/effects/verp.h"
#include "lists/posts/distribution/distribution.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/transforms.h"
#include "lists/rounds/delivery.h"
#include "lists/rounds/roster_words.h"
#include "mail/coding/decode.h"
#include "spool/transport/copy.h"
#include "tests/unit/lists/posts/copies_of.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using spool::PointKind;

constexpr UnixTime kNow = 1'795'478'400;
constexpr const char* kToken = "t0ken";
constexpr const char* kFooter =
    "personalize = yes\nmessage_footer << END\nFor $USER_NAME, $USER_ADDRESS\n$UNSUBSCRIBE_COMMAND\n"
    "$UNSUBSCRIBE_LINK\nof $LIST\nEND\n";

class Personal : public ScratchList {
 protected:
  Personal() { EXPECT_TRUE(auth::start_crypto().ok()); }

  List with(const std::string& config) const {
    make_list("cooks", config);
    return list("cooks");
  }
  static std::string copy_for(const spool::PointedText& letter, const std::string& address, const std::string& name) {
    const spool::PointMarks marks("<<point>>");
    std::string whole = marks.put_in(letter.text, letter.points);
    const std::vector<std::string> values = spool::values_at(letter.points, {address, name, kToken}, "\n");
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string mark = marks.word(letter.points[i].kind);
      whole.replace(whole.find(mark), mark.size(), values[i]);
    }
    return whole;
  }
  Copies copies(const std::string& config, const std::string& raw) const {
    return copies_of(*site_, with(config), mail::Message::open(raw), "ann@example.com", kNow);
  }
  std::string copy(const std::string& config, const std::string& raw, const std::string& address = "joe@example.org",
                   const std::string& name = "Joe") const {
    const Copies all = copies(config, raw);
    return copy_for(all.personal.value_or(spool::PointedText{all.for_all, {}}), address, name);
  }
  static std::string text_of(const std::string& raw) {
    return mail::decode_quoted_printable(mail::Message::open(raw).body());
  }
  void enrol(const std::string& address, const std::string& name) const {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, {*mail::Address::parse(address), name, 0, kNow, 0}).ok());
    ASSERT_TRUE(state->commit().ok());
  }
};

const std::string kPost = "From: Ann <ann@example.com>\nTo: cooks@lists.example.org\nSubject: soup\n\nRice.\n";

TEST_F(Personal, AFooterSaysWhomTheCopyIsFor) {
  EXPECT_EQ(text_of(copy(kFooter, kPost)),
            "Rice.\nFor Joe, joe@example.org\nunsubscribe cooks joe@example.org\n"
            "mailto:cooks-request@lists.example.org?body=unsubscribe%20cooks%20joe%40example.org\nof cooks\n");
  EXPECT_EQ(mail::Message::open(copy(kFooter, kPost)).field("List-Unsubscribe"),
            "<mailto:cooks-unsubscribe@lists.example.org?subject=unsubscribe%20joe%40example.org%20t0ken>");
}

TEST_F(Personal, WithoutASignatureTheLinkAsksTheMember) {
  EXPECT_EQ(mail::Message::open(copy("personalize = yes\nsigned_unsubscribe = no\n", kPost)).field("List-Unsubscribe"),
            "<mailto:cooks-request@lists.example.org?body=unsubscribe%20cooks%20joe%40example.org>");
}

// A transaction for each costs nothing more, so it has the link; what the list's texts say is the same for all.
TEST_F(Personal, CopiesThatGoOutOneByOneHaveASignedLinkAndNothingElseOfTheMember) {
  const std::string verp = "verp = always\nmessage_footer << END\nFor $USER_NAME\nEND\n";
  const Copies signed_copies = copies(verp, kPost);
  ASSERT_TRUE(signed_copies.personal);
  const mail::Message one = mail::Message::open(copy(verp, kPost));
  EXPECT_EQ(one.field("List-Unsubscribe"),
            "<mailto:cooks-unsubscribe@lists.example.org?subject=unsubscribe%20joe%40example.org%20t0ken>");
  EXPECT_EQ(one.body(), "Rice.\nFor $USER_NAME\n");
  EXPECT_EQ(mail::Message::open(signed_copies.for_all).field("List-Unsubscribe"),
            "<mailto:cooks-unsubscribe@lists.example.org>");
  for (const std::string more : {"signed_unsubscribe = no\n", "verp_interval = 2\n"}) {
    EXPECT_FALSE(copies("verp = always\n" + more, kPost).personal) << more;
  }
  EXPECT_FALSE(copies("verp = probe\n", kPost).personal);
}

TEST_F(Personal, WhatTheAuthorWroteIsNeverFilledIn) {
  const std::string raw =
      "From: \"$USER_NAME\" <ann@example.com>\nTo: cooks@lists.example.org\nSubject: $USER_ADDRESS\n\n$USER_ADDRESS\n";
  const std::string out = copy("personalize = yes\nmessage_footer << END\nby $SENDER for $USER_NAME\nEND\n", raw);
  EXPECT_EQ(text_of(out), "$USER_ADDRESS\nby \"$USER_NAME\" <ann@example.com> for Joe\n");
  EXPECT_EQ(mail::Message::open(out).subject(), "$USER_ADDRESS");
}

TEST_F(Personal, ABackslashTakesTheMeaningAway) {
  EXPECT_EQ(text_of(copy("personalize = yes\nmessage_footer << END\n\\$USER_NAME is $USER_NAME\nEND\n", kPost)),
            "Rice.\n$USER_NAME is Joe\n");
}

TEST_F(Personal, AWordEndsWhereLettersDigitsAndUnderscoresEnd) {
  const std::string config =
      "personalize = yes\nmessage_footer << END\n$USER_ADDRESSES $USER_NAME_ $USER_NAME2 "
      "\\$USER_NAME\n$USER_NAME's\nEND\n";
  EXPECT_EQ(text_of(copy(config, kPost)), "Rice.\n$USER_ADDRESSES $USER_NAME_ $USER_NAME2 $USER_NAME\nJoe's\n");
  EXPECT_EQ(mail::Message::open(copies(config, kPost).for_all).body(),
            "Rice.\n$USER_ADDRESSES $USER_NAME_ $USER_NAME2 $USER_NAME\n");
}

TEST_F(Personal, ANameCannotBreakOut) {
  const std::string name = "Joe\r\n.\r\nBcc: x@y\n\n--b--\xFF";
  const std::string out = copy(std::string(kFooter) + "\n", kPost, "joe@example.org", name);
  EXPECT_NE(text_of(out).find("For Joe  .  Bcc: x@y  --b--\xEF\xBF\xBD,"), std::string::npos) << text_of(out);
  EXPECT_FALSE(mail::Message::open(out).has_field("Bcc"));
}

TEST_F(Personal, NothingIsPutInsideSignedOrEncryptedParts) {
  const std::string inside =
      "--b\nContent-Type: text/plain\n\nRice.\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n";
  for (const std::string kind : {"signed", "encrypted"}) {
    const std::string out =
        copy(kFooter, "From: ann@example.com\nContent-Type: multipart/" + kind + "; boundary=b\n\n" + inside);
    EXPECT_NE(out.find(inside), std::string::npos) << out;
    EXPECT_NE(out.find("joe@example.org"), std::string::npos);
  }
}

TEST_F(Personal, FullWritesToTheMemberAndAnswersToAllGoWhereTheyWent) {
  const std::string config = "personalize = full\n";
  const mail::Message plain = mail::Message::open(copy(config, kPost));
  EXPECT_EQ(plain.field("To"), "Joe <joe@example.org>");
  EXPECT_EQ(plain.field("Cc"), "cooks@lists.example.org");
  const mail::Message both = mail::Message::open(copy(
      config, "From: ann@example.com\nTo: cooks@lists.example.org,\n eve@example.net\nCc: bob@example.net\n\nx\n"));
  EXPECT_EQ(both.field("To"), "Joe <joe@example.org>");
  EXPECT_EQ(mail::parse_mailbox_list(both.field("Cc").value())->size(), 3U);
  EXPECT_FALSE(both.scan().is_ambiguous());
  const mail::Message none = mail::Message::open(copy(config, "From: ann@example.com\n\nx\n"));
  EXPECT_EQ(none.field("To"), "Joe <joe@example.org>");
  EXPECT_FALSE(none.has_field("Cc"));
  const mail::Message empty =
      mail::Message::open(copy(config, "From: ann@example.com\nTo: cooks@lists.example.org\nCc:\n\nx\n"));
  EXPECT_EQ(empty.field("Cc"), "cooks@lists.example.org");
  const mail::Message unnamed = mail::Message::open(copy(config, "From: ann@example.com\nTo: \n\nx\n"));
  EXPECT_EQ(unnamed.field("To"), "Joe <joe@example.org>");
  EXPECT_FALSE(unnamed.has_field("Cc"));
  EXPECT_FALSE(unnamed.scan().is_ambiguous());
  EXPECT_EQ(mail::Message::open(copy("personalize = yes\n", kPost)).field("To"), "cooks@lists.example.org");
}

TEST_F(Personal, CopiesForAllHaveNoLineThatNamesAMember) {
  EXPECT_EQ(mail::Message::open(copies(kFooter, kPost).for_all).body(), "Rice.\nof cooks\n");
  const std::string no = "message_footer << END\nFor $USER_NAME\nEND\n";
  EXPECT_EQ(mail::Message::open(copies(no, kPost).for_all).body(), "Rice.\nFor $USER_NAME\n");
}

TEST_F(Personal, TooManyWordsMakeACopyForAll) {
  std::string config = "personalize = yes\nmessage_footer << END\nof $LIST\n";
  for (std::size_t i = 0; i < spool::kMaxPoints; ++i) config += i % 20 == 0 ? "\n$USER_NAME" : " $USER_NAME";
  const Copies all = copies(config + "\nEND\n", kPost);
  EXPECT_FALSE(all.personal);
  EXPECT_EQ(mail::Message::open(all.for_all).body(), "Rice.\nof cooks\n\n");
}

TEST_F(Personal, APostBecomesOneJobOfConstantSizeWithASenderForEach) {
  make_list("cooks", kFooter);
  enrol("joe@example.org", "Joe");
  Copies made = copies(kFooter, kPost);
  Result<Work> work = Work::begin(*site_, std::string(16, 'f'), kNow);
  ASSERT_TRUE(work.ok());
  ASSERT_TRUE(distribute(*work, list("cooks"), std::move(made)).ok());
  ASSERT_TRUE(work->finish("accept").ok());
  const std::vector<std::string> all = jobs();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].find("\nverp per-recipient\n"), std::string::npos);
  EXPECT_NE(all[0].find(" text-name\n"), std::string::npos);
  EXPECT_NE(all[0].find(" header-url\n"), std::string::npos);
  EXPECT_EQ(all[0].find("Joe"), std::string::npos);
  const std::string archive =
      read_file(list("cooks").directory() + "/archive/" + year_month(kNow) + ".mbox", 10'000).value();
  EXPECT_NE(archive.find("\nRice.\nof cooks\n"), std::string::npos) << archive;
}

TEST_F(Personal, WordsComeWithTheRosterOnlyWhenAskedFor) {
  make_list("cooks", kFooter);
  enrol("joe@example.org", "Joe");
  enrol("nameless@example.org", "");
  const spool::FlushHelp help = flush_help(*site_);
  spool::RosterQuery query{kCooks, 1000};
  EXPECT_TRUE(help.roster(query, {}, 10)->words.empty());
  query.words.names = true;
  EXPECT_EQ(help.roster(query, {}, 10)->words, (std::vector<spool::OwnWords>{{"Joe", ""}, {"", ""}}));
  const std::vector<std::string> all = {"nameless@example.org", "gone@example.org", "no address", "joe@example.org"};
  EXPECT_EQ(*help.words(kCooks, {.names = true}, all),
            (std::vector<spool::OwnWords>{{"", ""}, {"", ""}, {"", ""}, {"Joe", ""}}));
  query.words = {.tokens = true};
  const std::vector<spool::OwnWords> from_roster = help.roster(query, {}, 10)->words;
  ASSERT_EQ(from_roster.size(), 2U);
  EXPECT_EQ(from_roster[0].name, "");
  EXPECT_EQ(from_roster[0].token.size(), 32U);
  EXPECT_NE(from_roster[0].token, from_roster[1].token);
  EXPECT_EQ(*help.words(kCooks, {.tokens = true}, all),
            (std::vector<spool::OwnWords>{from_roster[1], {"", ""}, {"", ""}, from_roster[0]}));
}

}  // namespace
}  // namespace majlis::lists
