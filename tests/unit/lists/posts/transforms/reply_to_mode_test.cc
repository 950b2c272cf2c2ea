#include <gmock/gmock.h>

#include "mail/coding/decode.h"
#include "tests/unit/lists/posts/transforms/transformed_post.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;

class AnswersTo : public TransformedPost {
 protected:
  static std::string post(const std::string& fields = "") {
    return "From: Ann Lee <ann@example.com>\nTo: cooks@lists.example.org\nSubject: soup\nMessage-ID: "
           "<1@example.com>\n" +
           fields + "\nRice.\n";
  }
  std::optional<std::string> reply_to(const std::string& config, const std::string& fields = "") const {
    return copy(config, post(fields)).field("Reply-To");
  }
};

TEST_F(AnswersTo, AuthorLeavesTheFieldAsItCame) {
  EXPECT_EQ(reply_to(""), std::nullopt);
  EXPECT_EQ(reply_to("reply_to_mode = author\n"), std::nullopt);
  EXPECT_EQ(reply_to("reply_to_mode = author\n", "Reply-To:  ann@home.example  (at home)\n"),
            "ann@home.example  (at home)");
}

TEST_F(AnswersTo, ListAddsTheListBehindTheAuthorsOwn) {
  EXPECT_EQ(reply_to("reply_to_mode = list\n"), "cooks@lists.example.org");
  EXPECT_EQ(reply_to("reply_to_mode = LIST\n", "Reply-To: Ann <ann@home.example>\n"),
            "Ann <ann@home.example>, cooks@lists.example.org");
  EXPECT_EQ(reply_to("reply_to_mode = list\nstrip_reply_to = yes\n", "Reply-To: ann@home.example\n"),
            "cooks@lists.example.org");
}

TEST_F(AnswersTo, BothTakesTheAuthorsOwnInsteadOfFrom) {
  EXPECT_EQ(reply_to("reply_to_mode = both\n"), "Ann Lee <ann@example.com>, cooks@lists.example.org");
  EXPECT_EQ(reply_to("reply_to_mode = both\n", "Reply-To: ann@home.example\n"),
            "ann@home.example, cooks@lists.example.org");
  EXPECT_EQ(reply_to("reply_to_mode = both\nstrip_reply_to = yes\n", "Reply-To: ann@home.example\n"),
            "Ann Lee <ann@example.com>, cooks@lists.example.org");
}

TEST_F(AnswersTo, AnAddressStandsInFront) {
  EXPECT_EQ(reply_to("reply_to_mode = desk@example.org\n"), "desk@example.org");
  EXPECT_EQ(reply_to("reply_to_mode = desk@example.org\n", "Reply-To: ann@home.example\n"),
            "desk@example.org, ann@home.example");
}

TEST_F(AnswersTo, StripTakesTheFieldOutWhateverTheModeIs) {
  EXPECT_EQ(reply_to("strip_reply_to = yes\n", "Reply-To: ann@home.example\n"), std::nullopt);
  EXPECT_EQ(
      reply_to("strip_reply_to = yes\nreply_to = $SENDER\n", "Reply-To: ann@home.example\nFrom: eve@example.net\n"),
      std::nullopt);
}

TEST_F(AnswersTo, TheOlderSettingWins) {
  EXPECT_EQ(reply_to("reply_to_mode = both\nreply_to = desk@example.org\n", "Reply-To: ann@home.example\n"),
            "desk@example.org");
}

TEST_F(AnswersTo, NamesEachAddressOnce) {
  EXPECT_EQ(reply_to("reply_to_mode = list\n", "Reply-To: COOKS@lists.example.org, a@b.example, a@B.example\n"),
            "COOKS@lists.example.org, a@b.example");
}

TEST_F(AnswersTo, NamesInEveryScriptStayWhatTheyAre) {
  const auto body = reply_to("reply_to_mode = list\n", "Reply-To: J\xC3\xB6rg, Herr <j@example.de>\n");
  EXPECT_EQ(body, "j@example.de, cooks@lists.example.org");  // a comma that is not quoted: no list of mailboxes
  const auto raw = reply_to("reply_to_mode = list\n", "Reply-To: \"J\xC3\xB6rg, Herr\" <j@example.de>\n");
  ASSERT_TRUE(raw);
  EXPECT_EQ(mail::decode_words(*raw), "J\xC3\xB6rg, Herr <j@example.de>, cooks@lists.example.org");
  const auto encoded = reply_to("reply_to_mode = list\n", "Reply-To: =?utf-8?Q?J=C3=B6rg=2C_Herr?= <j@example.de>\n");
  EXPECT_EQ(mail::parse_mailbox_list(*encoded)->size(), 2U);
}

TEST_F(AnswersTo, OfGroupsTheAddressesStay) {
  EXPECT_EQ(reply_to("reply_to_mode = list\n", "Reply-To: Team: a@b.example, C <c@d.example>;, e@f.example\n"),
            "a@b.example, c@d.example, e@f.example, cooks@lists.example.org");
  EXPECT_EQ(reply_to("reply_to_mode = list\n", "Reply-To: nobody:;\n"), "cooks@lists.example.org");
}

TEST_F(AnswersTo, WhatIsBrokenSwallowsNobody) {
  EXPECT_EQ(reply_to("reply_to_mode = both\n", "Reply-To: \"Ann <ann@home.example>\n"),
            "Ann Lee <ann@example.com>, cooks@lists.example.org");
  EXPECT_EQ(reply_to("reply_to_mode = list\n", "Reply-To: a@b.example\nReply-To: c@d.example\n"),
            "a@b.example, c@d.example, cooks@lists.example.org");
}

TEST_F(AnswersTo, ThereIsACeilingAndTheListIsBelowIt) {
  std::string many;
  for (int i = 0; i < 3000; ++i) many += (i == 0 ? "" : ",\n a") + std::to_string(i) + "@example.net";
  const auto body = reply_to("reply_to_mode = list\n", "Reply-To: " + many + "\n");
  const auto mailboxes = mail::parse_mailbox_list(*body);
  ASSERT_TRUE(mailboxes);
  EXPECT_EQ(mailboxes->size(), 50U);
  EXPECT_EQ(mailboxes->back().address.text(), "cooks@lists.example.org");
}

TEST_F(AnswersTo, WhatTheOwnerRemovesIsNotExtended) {
  EXPECT_EQ(reply_to("reply_to_mode = list\nremove_headers << E\nreply-to\nE\n", "Reply-To: ann@home.example\n"),
            "cooks@lists.example.org");
}

}  // namespace
}  // namespace majlis::lists
