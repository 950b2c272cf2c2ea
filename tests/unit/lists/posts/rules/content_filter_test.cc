// LISTSERV's content filter and Loopcheck= Full, on posts.
#include <gtest/gtest.h>

#include "lists/posts/rules/rules.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

const std::string kHead = "From: Ann Lee <ann@example.com>\nTo: cooks@lists.example.org\n";

class ContentRules : public ScratchList {
 protected:
  Decision decide(const std::string& config, const std::string& raw, auth::Proof proof = auth::Proof::none) {
    make_list("cooks", "post_access = open\n" + config);
    const List cooks = list("cooks");
    const mail::Message message = mail::Message::open(raw);
    PostFacts facts;
    facts.site = site_.get();
    facts.list = &cooks;
    facts.message = &message;
    facts.author = message.author();
    facts.envelope_sender = mail::Address::parse("ann@example.com");
    facts.proof = proof;
    return decide_post(facts, {}, examine_post(facts));
  }
  Decision filtered(const std::string& rules, const std::string& raw) {
    return decide("content_filter << END\n" + rules + "\nEND\n", raw);
  }
  bool matches(const std::string& rule, const std::string& raw) {
    return filtered(rule + "\nAction: DISCARD", raw).rule == "content_filter";
  }
};

TEST_F(ContentRules, LookIntoTheHeader) {
  const std::string raw = kHead + "Subject: Out of\n Office: Rice\nX-Count: 1\nx-count: 2\nX-Empty:\n\nRice.\n";
  for (const std::string_view rule : {"Subject: out of office", "subject:: Out of Office: rice", "Subject: out*",
                                      "X-Count:: 2", "X-Missing::", "X-Empty::", "Header: x-count: 1", "Header: OFFICE",
                                      "Header:: x-count: 2", "Header: to: cooks*"}) {
    EXPECT_TRUE(matches(std::string(rule), raw)) << rule;
  }
  for (const std::string_view rule :
       {"Subject: out of the office", "Subject:: Out of Office", "Subject: *out", "X-Count:: 3",
        "Subject::", "X-Missing: *", "Header: rice.", "Header:: x-count", "Text: office", "Subject: rice*"}) {
    EXPECT_FALSE(matches(std::string(rule), raw)) << rule;
  }
}

TEST_F(ContentRules, LookAtAFieldAsItCameAndAsItIsRead) {
  const std::string raw = kHead + "Subject: =?utf-8?Q?Caf=C3=A9?=\n\nRice.\n";
  EXPECT_TRUE(matches("Subject:: Caf\xC3\xA9", raw));
  EXPECT_TRUE(matches("Subject: =?UTF-8", raw));
}

TEST_F(ContentRules, LookAtEveryLineOfTheFirstTextPlainAlone) {
  const std::string raw =
      kHead +
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
      "text/html\n\n<p>hyper</p>\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: "
      "base64\n\nSSBhbSBhd2F5Cg0KdGhlIGxhc3QgbGluZQ==\n--b\nContent-Type: text/plain\n\nsecond\n--b--\n";
  for (const std::string_view rule : {"I AM AWAY", "Text: the last line", "Text:: i am away", "the*line", "am"}) {
    EXPECT_TRUE(matches(std::string(rule), raw)) << rule;
  }
  for (const std::string_view rule :
       {"hyper", "second", "away the", "Text:: away", "Text::", "away*", "Header: away"}) {
    EXPECT_FALSE(matches(std::string(rule), raw)) << rule;
  }
  const std::string html = kHead + "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>hyper</p>\n";
  EXPECT_FALSE(matches("hyper", html));
  EXPECT_FALSE(matches("Text: *", html)) << "there is no text to match";
  EXPECT_TRUE(matches("Text::", html));
  EXPECT_TRUE(matches("Text::", kHead + "\n \n"));
}

TEST_F(ContentRules, DoWhatTheirActionSays) {
  const std::string raw = kHead + "Subject: Rice\n\nRice.\n";
  EXPECT_EQ(filtered("rice\nAction: DISCARD", raw).action, Action::discard);
  EXPECT_EQ(filtered("rice\nAction: MODERATE", raw).action, Action::hold);
  EXPECT_EQ(filtered("rice\nAction: ALLOW", raw).action, Action::accept);
  EXPECT_EQ(filtered("rice", raw).action, Action::reject);
  const Decision rejected = filtered("Subject: RICE\nAction: REJECT Not here, ${list}.", raw);
  EXPECT_EQ(rejected.action, Action::reject);
  EXPECT_EQ(rejected.rule, "content_filter");
  EXPECT_EQ(in_english(rejected.reasons), "content filter rule: Subject: RICE (Not here, ${list}.)");
}

TEST_F(ContentRules, AreAskedInOrderAndTheFirstThatFitsDecides) {
  const std::string raw = kHead + "Subject: Rice\n\nRice.\n";
  EXPECT_EQ(filtered("beans\nAction: DISCARD\nrice\nAction: ALLOW\nrice\nAction: REJECT", raw).action, Action::accept);
  EXPECT_EQ(filtered("rice\nAction: MODERATE\nrice\nAction: ALLOW", raw).action, Action::hold);
}

TEST_F(ContentRules, ThatAllowPassTheFilterAndNoOtherRule) {
  const std::string raw = kHead + "Subject: Rice\n\nRice.\n";
  const std::string allow = "content_filter << END\nrice\nAction: ALLOW\nEND\n";
  EXPECT_EQ(decide(allow + "moderate = yes\n", raw).rule, "moderated");
  EXPECT_EQ(decide(allow + "taboo_body << END\n/Rice/\nEND\n", raw).rule, "taboo_body");
}

TEST_F(ContentRules, DoNotAskAboutWhatAModeratorApproved) {
  const std::string raw = kHead + "Subject: Rice\n\nRice.\n";
  EXPECT_EQ(decide("content_filter << END\nrice\nEND\n", raw, auth::Proof::moderator_token).action, Action::accept);
}

TEST_F(ContentRules, FullLoopCheckHoldsWhatQuotesACopy) {
  const std::string full = "loop_check = full\n";
  const std::string bounced =
      kHead + "Subject: Oops\n\nIt did not arrive.\n\n  Sender: Cooks <cooks@LISTS.example.org>\n";
  EXPECT_EQ(decide("", bounced).action, Action::accept);
  EXPECT_EQ(decide(full, bounced).action, Action::hold);
  EXPECT_EQ(decide(full, bounced).rule, "quoted_loop");
  EXPECT_EQ(decide(full, kHead + "\n> From: cooks@lists.example.org\n").action, Action::accept) << "a quotation";
  EXPECT_EQ(decide(full, kHead + "\nTo: cooks@lists.example.org\n").action, Action::accept);
  EXPECT_EQ(decide(full, kHead + "\nreply-to: cooks@lists.example.org\n").rule, "quoted_loop");
}

}  // namespace
}  // namespace majlis::lists
