#include "lists/posts/reading/approved.h"

#include <gtest/gtest.h>

#include "mail/coding/decode.h"

namespace majlis::lists {
namespace {

ApprovedPost taken(const std::string& bytes) { return take_approved(mail::Message::open(bytes)); }

constexpr const char* kSecret = "s3cret-word-for-posts";

struct Spelling {
  const char* name;
  std::string message;
};

TEST(Approved, IsFoundAndRemovedInEverySpelling) {
  const std::string head = "From: ann@example.org\nSubject: x\n";
  const std::string secret = kSecret;
  const Spelling spellings[] = {
      {"header", head + "Approved: " + secret + "\n\nHello\n"},
      {"approve", head + "Approve: " + secret + "\n\nHello\n"},
      {"x-approved", head + "X-Approved: " + secret + "\n\nHello\n"},
      {"lower case", head + "approved:" + secret + "\n\nHello\n"},
      {"last field", head + "Approved: " + secret + "\n\nHello\n"},
      {"twice", head + "Approved: " + secret + "\nX-Approve: " + secret + "\n\nHello\n"},
      {"first body line", head + "\nApproved: " + secret + "\n\nHello\n"},
      {"first line after blanks", head + "\n\n \nApproved: " + secret + "\n\nHello\n"},
      {"crlf", "From: ann@example.org\r\nSubject: x\r\n\r\nApproved: " + secret + "\r\n\r\nHello\r\n"},
      {"quoted-printable",
       head + "Content-Transfer-Encoding: quoted-printable\n\nApproved: s3cret=2Dword-for=\n-posts\n\nHello\n"},
      {"base64", head + "Content-Transfer-Encoding: base64\n\n" +
                     mail::encode_base64("Approved: " + secret + "\n\nHello\n") + "\n"},
      {"multipart", head +
                        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
                        "text/plain\n\nApproved: " +
                        secret + "\n\nHello\n--b--\n"},
      {"multipart base64", head +
                               "MIME-Version: 1.0\nContent-Type: multipart/mixed; "
                               "boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n" +
                               mail::encode_base64("Approved: " + secret + "\n\nHello\n") + "\n--b--\n"},
  };
  for (const Spelling& spelling : spellings) {
    const ApprovedPost post = taken(spelling.message);
    EXPECT_EQ(post.password, secret) << spelling.name;
    EXPECT_FALSE(post.cannot_be_removed) << spelling.name;
    EXPECT_FALSE(mentions_password(post.message, secret)) << spelling.name << "\n" << post.message.bytes();
    EXPECT_NE(post.message.first_text(1000).value_or("").find("Hello"), std::string::npos) << spelling.name;
  }
}

TEST(Approved, TheWordOfAnUrgentPostGoesAsWell) {
  const std::string head = "From: ann@example.org\nSubject: x\n";
  const ApprovedPost post = taken(head + "urgent : " + kSecret + "\nApproved: other-word\nURGENT: two\n\nHello\n");
  EXPECT_EQ(post.urgent, kSecret);
  EXPECT_EQ(post.password, "other-word");
  EXPECT_EQ(post.message.bytes(), head + "\nHello\n");
  const ApprovedPost sent_in =
      taken("From: mona@example.org\nUrgent: " + std::string(kSecret) + "\n\nApproved: other-word\n" + head + "\nHi\n");
  EXPECT_TRUE(sent_in.is_resubmission);
  EXPECT_EQ(sent_in.urgent, kSecret);
  EXPECT_EQ(taken(head + "\nUrgent: " + kSecret + "\n\nHello\n").urgent, "") << "in the text it is text";
}

TEST(Approved, LeavesAnOrdinaryPostOctetForOctet) {
  const std::string post = "From: ann@example.org\nSubject: The approved plan\n\nWe approved: yes\nApproved: no\n";
  const ApprovedPost result = taken(post);
  EXPECT_EQ(result.password, "");
  EXPECT_EQ(result.message.bytes(), post);
}

TEST(Approved, OneWordOrTwoMayBeASecretASentenceIsNone) {
  const auto given = [](const std::string& line) {
    return taken("From: a@example.org\n\nApproved: " + line + "\n\nRice.\n").password;
  };
  EXPECT_EQ(given("short"), "short");
  EXPECT_EQ(given("my secret"), "my secret");
  EXPECT_EQ(given("\xC2\xA0" + std::string("my-secret\xC2\xA0")), "my-secret");
  EXPECT_EQ(given("the budget of May"), "");
  EXPECT_EQ(given("12\nOpen: 3"), "");
  EXPECT_EQ(given(""), "");
}

TEST(Approved, ABlankOfAnyKindOrAByteOrderMarkHidesNothing) {
  const std::string head = "From: a@example.org\n\n";
  EXPECT_EQ(taken(head + "\xEF\xBB\xBF" + "Approved: my-secret\n\nRice.\n").password, "my-secret");
  EXPECT_EQ(taken(head + "Approved\xC2\xA0: my-secret\n\nRice.\n").password, "my-secret");
  EXPECT_EQ(taken("From: a@example.org\nApproved:\xC2\xA0my-secret\n\nRice.\n").password, "my-secret");
}

TEST(Approved, AWrongOneIsRemovedToo) {
  const ApprovedPost post = taken("From: a@example.org\nApproved: wrong-guess\n\nHello\n");
  EXPECT_EQ(post.password, "wrong-guess");
  EXPECT_EQ(std::string(post.message.bytes()).find("wrong-guess"), std::string::npos);
}

TEST(Approved, AHeaderBelowTheLineStandsForTheMessageThatFollows) {
  const ApprovedPost post =
      taken("From: moderator@example.org\nSubject: fwd\n\nApproved: " + std::string(kSecret) +
            "\nFrom: ann@example.org\nSubject: Original\nMessage-ID: <1@example.org>\n\nThe post\n");
  EXPECT_EQ(post.password, kSecret);
  EXPECT_EQ(post.message.subject(), "Original");
  EXPECT_EQ(post.message.author()->address.text(), "ann@example.org");
  EXPECT_EQ(post.message.body(), "The post\n");
}

std::string html_post(const std::string& page, const std::string& encoding = "7bit") {
  return "From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: " + encoding +
         "\n\n" + page;
}

std::string post_with_copy(const std::string& page) {
  return "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/alternative; "
         "boundary=b\n\n--b\n\nApproved: " +
         std::string(kSecret) + "\n\nHello\n--b\nContent-Type: text/html\n\n" + page + "\n--b--\n";
}

// As Gmail, Outlook, Apple Mail, Thunderbird and a page by hand write the line.
TEST(Approved, IsRemovedFromHtmlAsMailProgramsWriteIt) {
  const std::string secret(kSecret);
  struct Page {
    std::string before;
    std::string after;
  };
  const std::vector<Page> pages = {
      {"<div dir=\"ltr\">Approved: " + secret + "<div><br></div><div>Hello</div></div>",
       "<div dir=\"ltr\"><div><br></div><div>Hello</div></div>"},
      {"<html><head><style>p {margin:0}</style><title>x</title></head><body><div class=WordSection1>\n"
       "<p class=MsoNormal>Approved: " +
           secret + "<o:p></o:p></p><p class=MsoNormal>Hello</p></div></body></html>",
       "<html><head><style>p {margin:0}</style><title>x</title></head><body><div class=WordSection1>\n"
       "<p class=MsoNormal><o:p></o:p></p><p class=MsoNormal>Hello</p></div></body></html>"},
      {"<body><span style=\"a\">Approved:&nbsp;" + secret + "</span><br><br>Hello",
       "<body><span style=\"a\"></span><br><br>Hello"},
      {"<pre>\nApproved: " + secret + "\n\nHello\n</pre>", "<pre>\n\nHello\n</pre>"},
      {"<p>&nbsp;</p><p><b>Approved:</b> <i>s3cret-word</i>-for-posts</p><p>Hello</p>",
       "<p>&nbsp;</p><p><b></b><i></i></p><p>Hello</p>"},
  };
  for (const Page& page : pages) {
    const ApprovedPost alone = taken(html_post(page.before));
    EXPECT_EQ(alone.password, kSecret) << page.before;
    EXPECT_FALSE(alone.cannot_be_removed);
    EXPECT_EQ(alone.message.bytes(), html_post(page.after));
    const ApprovedPost copied = taken(post_with_copy(page.before));
    EXPECT_EQ(copied.password, kSecret);
    EXPECT_FALSE(mentions_password(copied.message, kSecret)) << copied.message.bytes();
    EXPECT_NE(copied.message.bytes().find(page.after), std::string_view::npos) << copied.message.bytes();
  }
}

TEST(Approved, IsRemovedFromHtmlInAnyEncoding) {
  const std::string page = "<p>Approved: " + std::string(kSecret) + "</p><p>Caf\xC3\xA9</p>\n";
  for (const auto& [encoding, encoded] : {std::pair<std::string, std::string>{"base64", mail::encode_base64(page)},
                                          {"quoted-printable", mail::encode_quoted_printable(page)}}) {
    const ApprovedPost post = taken(html_post(encoded, encoding));
    EXPECT_EQ(post.password, kSecret) << encoding;
    EXPECT_EQ(post.message.first_text(1000).value(), "Caf\xC3\xA9\n") << post.message.bytes();
    EXPECT_FALSE(mentions_password(post.message, kSecret));
  }
}

TEST(Approved, AWordInHtmlThatIsNoLineOfItsOwnIsNoPassword) {
  for (const char* page :
       {"<p>Approved: the budget of May</p><p>Hello</p>", "<p>Hello</p><p>Approved: s3cret-word-for-posts</p>",
        "<!-- Approved: s3cret-word-for-posts --><p>Hello</p>",
        "<title>Approved: s3cret-word-for-posts</title><p>Hello</p>"}) {
    const ApprovedPost post = taken(html_post(page));
    EXPECT_EQ(post.password, "") << page;
    EXPECT_EQ(post.message.bytes(), html_post(page));
  }
}

TEST(Approved, ACopyThatIsNotTheFirstLineOfAPageIsNoticed) {
  const std::string secret(kSecret);
  for (const std::string& page : {std::string("<p>Hi</p><p>Approved: s3cret-word-<b>for</b>-posts</p>"),
                                  "<p title=\"" + secret + "\">Approved: " + secret + "</p>"}) {
    const ApprovedPost post = taken(post_with_copy(page));
    EXPECT_EQ(post.password, kSecret);
    EXPECT_TRUE(mentions_password(post.message, kSecret)) << page;
  }
}

TEST(Approved, OneResubmissionWithinTheOtherIsReadOnce) {
  constexpr int kDepth = 20'000;  // as deep as a stack would take if each were read within the one before
  std::string bytes = "From: ann@example.org\nSubject: x\n\n";
  for (int i = 0; i < kDepth; ++i)
    bytes += std::string("Approved: ") + kSecret + "\nFrom: bob@example.org\nSubject: again\n\n";
  const ApprovedPost post = taken(bytes + "Hello\n");
  EXPECT_EQ(post.password, kSecret);
  EXPECT_EQ(post.message.subject(), "again");
}

}  // namespace
}  // namespace majlis::lists
