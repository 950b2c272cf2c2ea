#include <gmock/gmock.h>

#include <set>

#include "base/text.h"
#include "lists/posts/distribution/distribution.h"
#include "lists/posts/transforms/anonymity.h"
#include "mail/coding/decode.h"
#include "tests/unit/lists/posts/copies_of.h"
#include "tests/unit/lists/posts/transforms/transformed_post.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kAnonymous = "anonymous = yes\n";
constexpr const char* kWithText = "anonymous = yes\nanonymous_text = yes\n";

// Every field by which a post may tell of its author, "leak" in each.
const std::string kTelling =
    "Return-Path: <leak@example.com>\n"
    "Received: from leak.example.com by lists.example.org; Tue, 24 Nov 2026 10:00:00 +0000\n"
    "Authentication-Results: mx.example.org; dkim=pass header.d=leak.example.com\n"
    "DKIM-Signature: v=1; d=leak.example.com; s=x; b=x\n"
    "ARC-Seal: i=1; d=leak.example.com\n"
    "From: Leak <leak@example.com>\n"
    "Sender: leak@home.example\n"
    "Reply-To: leak@work.example\n"
    "Resent-From: leak@example.com\n"
    "To: \"Leak's list\" <cooks@lists.example.org>\n"
    "Cc: leak@example.com, friend.of.leak@example.net\n"
    "Date: Tue, 24 Nov 2026 15:30:00 +0530 (leak)\n"
    "Subject: soup\n"
    "Message-ID: <1@leak.example.com>\n"
    "In-Reply-To: <0@leak.example.com> (leak@example.com's message)\n"
    "References: <00@leak.example.com>\n <0@leak.example.com>\n"
    "Organization: Leak Ltd\n"
    "User-Agent: Leak 1.0\n"
    "X-Mailer: Leak\n"
    "X-Originating-IP: [leak]\n"
    "X-Originating-Email: leak@example.com\n"
    "X-Loop: leak@example.com\n"
    "X-Loop: not an address of leak\n"
    "X-BeenThere: bakers@lists.example.net\n"
    "X-Whatever-Comes-Next: leak\n"
    "Disposition-Notification-To: leak@example.com\n"
    "Autocrypt: addr=leak@example.com\n"
    "Face: leak\n"
    "Content-Description: leak\n"
    "Content-ID: <leak>\n"
    "Content-Language: fr\n"
    "Auto-Submitted: auto-generated; owner=\"leak\"\n"
    "MIME-Version: 1.0 (Leak Mail 16)\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n";

class Anonymous : public TransformedPost {
 protected:
  std::string id(const std::string& of) const { return anonymous_message_id(*site_, list("cooks"), of); }
  static std::string post(const std::string& text, const std::string& fields = "") {
    return "From: Ann Lee <ann@example.com>\nTo: cooks@lists.example.org\nSubject: soup\nMessage-ID: "
           "<1@example.com>\n" +
           fields + "\n" + text;
  }
};

TEST_F(Anonymous, NothingOfTheHeaderTellsWhoWroteIt) {
  const mail::Message sent = copy(kAnonymous, kTelling + "\nRice.\n");
  EXPECT_EQ(find_ignoring_case(sent.bytes(), "leak"), std::string::npos) << sent.bytes();
  EXPECT_EQ(sent.field("From"), "cooks <cooks@lists.example.org>");
  EXPECT_EQ(sent.field("To"), "cooks@lists.example.org");
  EXPECT_EQ(sent.field("Date"), "Tue, 24 Nov 2026 10:00:00 +0000");
  EXPECT_EQ(sent.field("Auto-Submitted"), "auto-generated");
  EXPECT_EQ(sent.field("X-BeenThere"), "bakers@lists.example.net");
  EXPECT_EQ(sent.fields("X-Loop"), std::vector<std::string>{"cooks@lists.example.org"});
  EXPECT_EQ(sent.subject(), "soup");
  EXPECT_EQ(sent.body(), "Rice.\n");
  EXPECT_EQ(sent.field("Content-Type"), "text/plain; charset=utf-8");
}

// Two such lists that take each other's posts would never end.
TEST_F(Anonymous, TheMarksOfOtherListsStay) {
  const mail::Message sent =
      copy(kAnonymous,
           "From: ann@example.com\nX-Loop: bakers@lists.example.net\nX-Loop: Ann <ann@example.com>\n"
           "X-Loop: majordomo bakers\nMailing-List: bakers@lists.example.net\n\nRice.\n");
  EXPECT_EQ(sent.fields("X-Loop"), (std::vector<std::string>{"bakers@lists.example.net", "cooks@lists.example.org"}));
  EXPECT_EQ(sent.field("Mailing-List"), "bakers@lists.example.net");
}

// What is not known is not kept: the names that do stand there are all of them.
TEST_F(Anonymous, FieldsAreKeptByAnAllowList) {
  std::set<std::string> names;
  const mail::Message sent = copy(kAnonymous, kTelling + "\nRice.\n");
  for (const mail::Field& field : sent.scan().parts.front().fields) names.insert(field.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre("From", "To", "Date", "Subject", "Message-ID", "In-Reply-To",
                                                   "References", "MIME-Version", "Content-Type",
                                                   "Content-Transfer-Encoding", "Content-Language", "Auto-Submitted",
                                                   "X-BeenThere", "X-Loop", "List-Id", "List-Post", "List-Help",
                                                   "List-Subscribe", "List-Unsubscribe", "List-Owner", "Precedence"));
}

TEST_F(Anonymous, OctetsBetweenTheFieldsGoToo) {
  const mail::Message sent = copy(kAnonymous, " leak\nFrom: leak@example.com\nSubject: x\n\nRice.\n");
  EXPECT_EQ(find_ignoring_case(sent.bytes(), "leak"), std::string::npos) << sent.bytes();
  EXPECT_EQ(sent.body(), "Rice.\n");
}

TEST_F(Anonymous, AMessageIdThatIsNoneGetsOneToo) {
  const mail::Message sent = copy(kAnonymous, "From: ann@example.com\nMessage-ID: ann's first\n\nRice.\n");
  EXPECT_NE(sent.message_id(), "");
  EXPECT_EQ(sent.bytes().find("ann"), std::string::npos) << sent.bytes();
  EXPECT_EQ(copy(kAnonymous, "From: ann@example.com\nMessage-ID: ann's first\n\nRice.\n").message_id(),
            sent.message_id());
}

TEST_F(Anonymous, ThreadsKeepTogether) {
  const mail::Message first = copy(kAnonymous, post("Rice.\n"));
  EXPECT_EQ(first.message_id(), id("<1@example.com>"));
  // The author knows the post by its old name, everybody else by the new one.
  for (const std::string& answered : {std::string("<1@example.com>"), first.message_id()}) {
    const std::string fields = "In-Reply-To: " + answered + "\nReferences: <0@example.com> " + answered + "\n";
    const mail::Message answer = copy(kAnonymous, post("Beans.\n", fields));
    EXPECT_EQ(answer.field("In-Reply-To"), first.message_id());
    EXPECT_EQ(answer.field("References"), id("<0@example.com>") + " " + first.message_id());
  }
}

TEST_F(Anonymous, AMessageIdSaysNothingWithoutTheSecret) {
  make_list("cooks", "");
  make_list("bakers", "");
  EXPECT_EQ(id("<1@x>"), id("<1@x>"));
  EXPECT_NE(id("<1@x>"), id("<2@x>"));
  EXPECT_NE(id("<1@x>"), anonymous_message_id(*site_, list("bakers"), "<1@x>"));
  EXPECT_NE(id(id("<1@x>")), id("<1@x>"));
  const std::string forged = "<ann@example.com.................anonymous@lists.example.org>";
  EXPECT_EQ(anonymous_reference(*site_, list("cooks"), forged), id(forged));
  EXPECT_EQ(id(""), "");
}

TEST_F(Anonymous, AnswersGoToTheListInEveryMode) {
  for (const char* mode : {"author", "list", "both", "desk@example.org"}) {
    const mail::Message sent = copy(std::string(kAnonymous) + "reply_to_mode = " + mode + "\n", kTelling + "\nRice.\n");
    EXPECT_EQ(find_ignoring_case(sent.bytes(), "leak"), std::string::npos) << mode << sent.bytes();
  }
  EXPECT_EQ(copy(std::string(kAnonymous) + "reply_to_mode = both\n", kTelling + "\n").field("Reply-To"),
            "cooks@lists.example.org");
  EXPECT_EQ(copy(std::string(kAnonymous) + "reply_to = $SENDER\n", kTelling + "\n").field("Reply-To"),
            "cooks@lists.example.org");
}

TEST_F(Anonymous, TheOwnersTextsNameNobody) {
  const mail::Message sent = copy(std::string(kAnonymous) +
                                      "subject_prefix = [$SENDER]\nmessage_headers << E\nX-By: $SENDER\nE\n"
                                      "message_footer << E\nby $SENDER\nE\nmessage_fronter << E\n$SENDER:\nE\n",
                                  kTelling + "\nRice.\n");
  EXPECT_EQ(find_ignoring_case(sent.bytes(), "leak"), std::string::npos) << sent.bytes();
  EXPECT_EQ(sent.field("X-By"), "cooks@lists.example.org");
  EXPECT_EQ(sent.body(), "cooks@lists.example.org:\nRice.\nby cooks@lists.example.org\n");
}

TEST_F(Anonymous, ArchiveDigestsAndPersonalCopiesNameNobody) {
  make_list("cooks", std::string(kAnonymous) + "personalize = full\narchived_at = https://example.org/$MSGID\n");
  make_list("cooks-digest", "digest_of = cooks\n");
  const Copies copies =
      copies_of(*site_, list("cooks"), mail::Message::open(kTelling + "\nRice.\n"), "leak@example.com", kNow);
  ASSERT_TRUE(copies.personal);
  EXPECT_EQ(copies.envelope_sender, "cooks@lists.example.org");
  EXPECT_EQ(find_ignoring_case(copies.for_all, "leak"), std::string::npos);
  EXPECT_EQ(find_ignoring_case(copies.personal->text, "leak"), std::string::npos) << copies.personal->text;
  for (const DigestCopy& digest : copies.digests) {
    EXPECT_EQ(find_ignoring_case(digest.text.value_or(""), "leak"), std::string::npos);
  }
  EXPECT_EQ(copies.message_id, "<1@leak.example.com>");  // by which whoever is in charge finds it
}

TEST_F(Anonymous, TheTraceOfEitherMessageIdNamesTheAuthor) {
  make_list("cooks", kAnonymous);
  const List cooks = list("cooks");
  const mail::Message written = mail::Message::open(post("Rice.\n"));
  {
    Copies copies = copies_of(*site_, cooks, written, "ann@example.com", kNow);
    Work work = Work::begin(*site_, std::string(16, 'a'), kNow).value();
    ASSERT_TRUE(distribute(work, cooks, std::move(copies)).ok());
    ASSERT_TRUE(work.finish("accept").ok());
  }
  for (const std::string& key : {written.message_id(), id(written.message_id())}) {
    const auto lines = reader()->trace(key, 10).value();
    ASSERT_EQ(lines.size(), 1U) << key;
    EXPECT_THAT(lines.front().text, HasSubstr("written_as=<1@example.com>"));
    EXPECT_THAT(lines.front().text, HasSubstr("by=ann@example.com"));
  }
}

TEST_F(Anonymous, TheTextIsTheAuthorsWithoutTheSetting) {
  const mail::Message sent = copy(kAnonymous, post("-- \nAnn, ann@example.com\n"));
  EXPECT_EQ(sent.body(), "-- \nAnn, ann@example.com\n");
}

TEST_F(Anonymous, TheAddressIsTakenOutOfSubjectAndText) {
  const mail::Message sent =
      copy(kWithText,
           "From: Ann <Ann@Example.com>\nReply-To: ann@home.example\nSubject: from ANN@example.COM\n\n"
           "I am ann@example.com (ann@home.example), not joann@example.com.\n");
  EXPECT_EQ(sent.subject(), "from cooks@lists.example.org");
  EXPECT_EQ(sent.body(), "I am cooks@lists.example.org (cooks@lists.example.org), not joann@example.com.\n");
}

TEST_F(Anonymous, AnEncodedSubjectHidesNothing) {
  const mail::Message sent = copy(
      kWithText, "From: ann@example.com\nSubject: =?utf-8?B?YW5uQGV4YW1w?=\n =?utf-8?Q?le=2Ecom_=C3=A9?=\n\nRice.\n");
  EXPECT_EQ(sent.subject(), "cooks@lists.example.org \xC3\xA9");
}

TEST_F(Anonymous, AnEncodedTextHidesNothing) {
  const std::string head = "MIME-Version: 1.0\nContent-Type: text/plain; charset=";
  struct Written {
    std::string fields, body;
  };
  const Written texts[] = {
      {head + "utf-8\nContent-Transfer-Encoding: base64\n", mail::encode_base64("I am ann@example.com.\n")},
      {head + "utf-8\nContent-Transfer-Encoding: quoted-printable\n", "I am ann=40exam=\nple.com.\n"},
      {head + "utf-16le\nContent-Transfer-Encoding: base64\n",
       mail::encode_base64(std::string("I\0 \0a\0m\0 \0a\0n\0n\0@\0e\0x\0a\0m\0p\0l\0e\0.\0c\0o\0m\0.\0\n\0", 44))},
  };
  for (const Written& text : texts) {
    const mail::Message sent = copy(kWithText, post(text.body, text.fields));
    EXPECT_EQ(sent.first_text(1000), "I am cooks@lists.example.org.\n") << sent.bytes();
    EXPECT_FALSE(sent.scan().is_ambiguous()) << sent.bytes();
  }
}

TEST_F(Anonymous, PagesNestedMessagesAndNamesOfFilesAreLookedInto) {
  const mail::Message sent = copy(
      kWithText,
      post(
          "--b\nContent-Type: text/html\n\n<a href=\"mailto:ann%40example.com\">ann&#64;example.com</a>\n"
          "--b\nContent-Type: application/pdf; name=\"ann@example.com.pdf\"\n"
          "Content-Disposition: attachment; filename=\"ann@example.com.pdf\"\n\nx\n"
          "--b\nContent-Type: message/rfc822\n\nFrom: ann@example.com\nSubject: by ann@example.com\n\nann@example.com\n"
          "--b--\n",
          "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"));
  EXPECT_EQ(find_ignoring_case(sent.bytes(), "ann@example.com"), std::string::npos) << sent.bytes();
  EXPECT_THAT(std::string(sent.bytes()),
              HasSubstr("<a href=\"mailto:cooks@lists.example.org\">cooks@lists.example.org</a>"));
  EXPECT_EQ(sent.scan().parts.size(), 5U);
  EXPECT_FALSE(sent.scan().is_ambiguous());
}

// However mail programs may read a name, none reads the author's address in it.
TEST_F(Anonymous, NamesOfFilesInAnyFormAreLookedInto) {
  const std::string long_name(300, 'x');
  const std::string accented = "cooks@lists.example.org caf\xC3\xA9.pdf";
  const std::string long_one = long_name + "cooks@lists.example.org";
  for (const std::string& name : {
           std::string("=\"=?utf-8?Q?ann=40example.com_caf=C3=A9.pdf?=\""),
           std::string("=\"=?utf-8?B?YW5uQGV4YW1w?=\n =?utf-8?Q?le=2Ecom.pdf?=\""),
           std::string("==?utf-8?B?YW5uQGV4YW1wbGUuY29tLnBkZg==?="),
           std::string("*=utf-8''%61nn%40example.com.pdf"),
           std::string("*0=\"ann@exam\";\n filename*1=\"ple.com.pdf\""),
           std::string("*0*=utf-8''ann%40ex; filename*1*=%61mple.com.pdf"),
           std::string("=\"ann\\@example.com.pdf\""),
           "=\"" + long_name + "=?utf-8?Q?ann=40example.com?=\"",
       }) {
    const std::string fields = "Content-Disposition: attachment; filename" + name + "; size=1\n";
    const mail::Message part =
        copy(kWithText, post("--b\nContent-Type: application/pdf; charset=x\n" + fields + "\nx\n--b--\n",
                             "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"));
    const mail::Message whole =
        copy(kWithText, post("x\n", "MIME-Version: 1.0\nContent-Type: application/pdf\n" + fields));
    for (const mail::Part& each : {part.scan().parts.back(), whole.scan().parts.front()}) {
      EXPECT_THAT(each.file_names, testing::Each(testing::Not(HasSubstr("ann"))));
      EXPECT_THAT(each.file_names,
                  testing::Contains(testing::AnyOf("cooks@lists.example.org.pdf", accented, long_one)));
    }
    EXPECT_THAT(std::string(part.bytes()), HasSubstr("size=1"));
    EXPECT_FALSE(part.scan().is_ambiguous()) << part.bytes();
  }
}

TEST_F(Anonymous, EncodedWordsInFieldsOfPartsAreLookedInto) {
  const mail::Message sent = copy(
      kWithText, post("--b\nContent-Description: =?utf-8?Q?from_ann=40example.com_=C3=A9?= x\n\nx\n"
                      "--b\nContent-Type: message/rfc822\n\nFrom: =?utf-8?Q?ann=40example.com?= <bob@example.net>\n"
                      "Subject: =?utf-8?B?YW5uQGV4YW1w?=\n =?utf-8?Q?le=2Ecom?=\n\nx\n--b--\n",
                      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"));
  EXPECT_THAT(mail::decode_words(sent.bytes()), testing::Not(HasSubstr("ann@"))) << sent.bytes();
  EXPECT_THAT(mail::decode_words(sent.bytes()), HasSubstr("from cooks@lists.example.org \xC3\xA9 x"));
  EXPECT_THAT(std::string(sent.bytes()), HasSubstr(" <bob@example.net>\n"));
}

TEST_F(Anonymous, WhatIsSignedIsNotChangedInside) {
  const std::string part =
      "--b\nContent-Type: text/plain\n\nann@example.com\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n";
  const mail::Message sent = copy(kWithText, post(part, "Content-Type: multipart/signed; boundary=b\n"));
  EXPECT_EQ(sent.body(), part);
}

}  // namespace
}  // namespace majlis::lists
