#include "mail/html_policy.h"

#include <gtest/gtest.h>

#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

const std::string kHead = "From: a@x.org\nSubject: s\nMIME-Version: 1.0\n";

// A message with parts of these headers and bodies, each ending in LF.
std::string multipart(std::string_view type, std::initializer_list<std::string_view> parts, std::string_view boundary) {
  std::string text = "Content-Type: " + std::string(type) + "; boundary=" + std::string(boundary) + "\n\n";
  for (const std::string_view part : parts) text += "--" + std::string(boundary) + "\n" + std::string(part);
  return text + "--" + std::string(boundary) + "--\n";
}

const std::string kText = "Content-Type: text/plain\n\nplain\n";
const std::string kPage = "Content-Type: text/html\n\n<p>page</p>\n";
const std::string kActive =
    "Content-Type: text/html; charset=iso-8859-1\nContent-ID: <1@x>\n\n<p onclick=x>caf\xE9</p><script>x</script>\n";
const std::string kCleaned =
    "Content-ID: <1@x>\nContent-Type: text/html; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    "<html><head><meta charset=3D\"utf-8\"></head><body><p>caf=C3=A9</p></body></h=\ntml>\n";
const std::string kAsText =
    "Content-Type: text/plain; format=flowed; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n\n";

std::string applied(const std::string& bytes, const HtmlPolicy& policy) {
  const Message message = Message::open(bytes);
  PartEdit parts(message);
  apply_html_policy(message, policy, parts);
  Edit edit(message);
  parts.write_to(edit);
  return edit.apply().bytes;
}

HtmlObstacle obstacle(const std::string& bytes, HtmlParts parts) {
  return html_obstacle(Message::open(bytes), {.parts = parts});
}

TEST(HtmlPolicy, APageWithoutAnythingActiveIsNotTouched) {
  for (const std::string& body : {kPage, multipart("multipart/alternative", {kText, kPage}, "b"), kText}) {
    EXPECT_EQ(applied(kHead + body, {.parts = HtmlParts::clean}), kHead + body);
    EXPECT_EQ(applied(kHead + body, {}), kHead + body);
  }
  EXPECT_EQ(applied(kHead + kActive, {}), kHead + kActive);
}

TEST(HtmlPolicy, AnActivePageIsWrittenAnewAndNothingElse) {
  EXPECT_EQ(applied(kHead + kActive, {.parts = HtmlParts::clean}), kHead + kCleaned);
  const std::string image = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n";
  EXPECT_EQ(applied(kHead + multipart("multipart/related", {kActive, image}, "b"), {.parts = HtmlParts::clean}),
            kHead + multipart("multipart/related", {kCleaned, image}, "b"));
  const std::string forwarded = "Content-Type: message/rfc822\n\nFrom: b@x.org\nMIME-Version: 1.0\n";
  EXPECT_EQ(
      applied(kHead + multipart("multipart/mixed", {kText, forwarded + kActive}, "b"), {.parts = HtmlParts::clean}),
      kHead + multipart("multipart/mixed", {kText, forwarded + kCleaned}, "b"));
}

TEST(HtmlPolicy, RemoteLoadsGoWhereTheyAreToGo) {
  const std::string page = kHead + "Content-Type: text/html\n\n<img src=http://x/a>a\n";
  EXPECT_EQ(applied(page, {.parts = HtmlParts::clean}), page);
  const std::string cleaned = applied(page, {.parts = HtmlParts::clean, .remote = RemoteContent::remove});
  EXPECT_EQ(cleaned.find("http://x"), std::string::npos) << cleaned;
}

TEST(HtmlPolicy, OfAnAlternativeTheTextStaysAlone) {
  const std::string alternative = multipart("multipart/alternative", {kText, kActive}, "b");
  EXPECT_EQ(applied(kHead + alternative, {.parts = HtmlParts::text}), kHead + kText);
  EXPECT_EQ(applied(kHead + alternative, {.parts = HtmlParts::reject}), kHead + kText);
  EXPECT_EQ(applied(kHead + alternative, {.alternatives = Alternatives::collapse}), kHead + kText);
  const std::string related = multipart("multipart/related", {kPage, "Content-Type: image/png\n\nx\n"}, "c");
  EXPECT_EQ(applied(kHead + multipart("multipart/mixed",
                                      {multipart("multipart/alternative", {kText, related}, "d"), kText}, "b"),
                    {.parts = HtmlParts::text}),
            kHead + multipart("multipart/mixed", {kText, kText}, "b"));
}

TEST(HtmlPolicy, FilesBesideThePageAreNotLostWithIt) {
  const std::string mixed = multipart("multipart/mixed", {kPage, "Content-Type: application/pdf\n\n%PDF\n"}, "c");
  const std::string text =
      applied(kHead + multipart("multipart/alternative", {kText, mixed}, "b"), {.parts = HtmlParts::text});
  EXPECT_NE(text.find("%PDF"), std::string::npos);
  EXPECT_EQ(text.find("<p>"), std::string::npos);
}

TEST(HtmlPolicy, WithoutATextThePageBecomesOne) {
  EXPECT_EQ(applied(kHead + kPage, {.parts = HtmlParts::text}), kHead + kAsText + "page\n");
  EXPECT_EQ(applied(kHead + multipart("multipart/alternative", {kPage}, "b"), {.parts = HtmlParts::text}),
            kHead + multipart("multipart/alternative", {kAsText + "page\n"}, "b"));
  const std::string empty = "Content-Type: text/plain\n\n \n\n";
  EXPECT_EQ(applied(kHead + multipart("multipart/alternative", {empty, kPage}, "b"), {.parts = HtmlParts::text}),
            kHead + multipart("multipart/alternative", {empty, kAsText + "page\n"}, "b"));
  // Its name would make a page of it again.
  EXPECT_EQ(applied(kHead + "Content-Disposition: attachment; filename=a.html\n" + kPage, {.parts = HtmlParts::text}),
            kHead + kAsText + "page\n");
}

TEST(HtmlPolicy, RejectedIsWhatHasNoText) {
  EXPECT_EQ(obstacle(kHead + kPage, HtmlParts::reject), HtmlObstacle::no_text);
  EXPECT_EQ(obstacle(kHead + multipart("multipart/mixed", {kText, kPage}, "b"), HtmlParts::reject),
            HtmlObstacle::no_text);
  EXPECT_EQ(obstacle(kHead + multipart("multipart/alternative", {kText, kPage}, "b"), HtmlParts::reject),
            HtmlObstacle::none);
  EXPECT_EQ(obstacle(kHead + kText, HtmlParts::reject), HtmlObstacle::none);
  const std::string calendar = "Content-Type: text/calendar\n\nBEGIN\n";
  EXPECT_EQ(
      applied(kHead + multipart("multipart/alternative", {kText, kPage, calendar}, "b"), {.parts = HtmlParts::reject}),
      kHead + multipart("multipart/alternative", {kText, calendar}, "b"));
}

TEST(HtmlPolicy, WhatIsSignedIsNotChangedInside) {
  const std::string signature = "Content-Type: application/pgp-signature\n\nx\n";
  const std::string passive = kHead + multipart("multipart/signed", {kPage, signature}, "b");
  const std::string active = kHead + multipart("multipart/signed", {kActive, signature}, "b");
  EXPECT_EQ(obstacle(passive, HtmlParts::clean), HtmlObstacle::none);
  EXPECT_EQ(obstacle(active, HtmlParts::keep), HtmlObstacle::none);
  EXPECT_EQ(obstacle(active, HtmlParts::clean), HtmlObstacle::signed_part);
  EXPECT_EQ(obstacle(passive, HtmlParts::text), HtmlObstacle::signed_part);
  EXPECT_EQ(applied(active, {.parts = HtmlParts::clean}), active);
}

TEST(HtmlPolicy, WhatReadersReadDifferentlyIsUnclear) {
  const std::string message = kHead + "Content-Transfer-Encoding: x-uuencode\n" + kActive;
  EXPECT_EQ(obstacle(message, HtmlParts::clean), HtmlObstacle::unclear);
  EXPECT_EQ(applied(message, {.parts = HtmlParts::clean}), message);
}

TEST(HtmlPolicy, ThePageSaysItsCharsetWhereThePartDoesNot) {
  const std::string message =
      kHead + "Content-Type: text/html\n\n<meta charset=koi8-r><b onclick=x>\xD0\xC9\xD2\xCF\xC7</b>\n";
  const std::string cleaned = applied(message, {.parts = HtmlParts::clean});
  EXPECT_NE(decode_quoted_printable(cleaned).find("<b>\u043F\u0438\u0440\u043E\u0433</b>"), std::string::npos)
      << cleaned;
}

}  // namespace
}  // namespace majlis::mail
