#include "lists/posts/reading/word_search.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

const std::string kPassword = "rice-and-saffron";
const std::string kHead = "From: ann@example.com\nTo: cooks@lists.example.org\n";

bool finds(const std::string& raw, const std::string& password = kPassword) {
  return has_word(mail::Message::open(raw), [&](std::string_view word) { return word == password; });
}
bool finds_in_text(const std::string& text, const std::string& password = kPassword) {
  return finds(kHead + "\n" + text, password);
}

TEST(WordSearch, FindsAWordWhateverStandsAroundIt) {
  for (const std::string& text :
       {kPassword, "approve," + kPassword, "approve\xC2\xA0" + kPassword + "\xE2\x80\xAFwho", "<" + kPassword + ">",
        "(it is \"" + kPassword + "\".)", "*" + kPassword + "*", "> > Approved:" + kPassword,
        "password=" + kPassword + ";", "https://example.org/?p=" + kPassword + "&q=1",
        "\xE2\x80\x8B" + kPassword + "\xE2\x80\x8B", "a\t" + kPassword}) {
    EXPECT_TRUE(finds_in_text(text + "\n")) << text;
  }
  EXPECT_FALSE(finds_in_text("xrice-and-saffron rice-and-saffronx rice and saffron\n"));
}

TEST(WordSearch, FindsAWordThatBeginsAndEndsWithMarks) {
  EXPECT_TRUE(finds_in_text("it is !saffron!!.\n", "!saffron!!"));
  EXPECT_TRUE(finds_in_text("\"!saffron!!\"\n", "!saffron!!"));
}

TEST(WordSearch, LooksIntoFieldsPartsAndEncodings) {
  EXPECT_TRUE(finds("Urgent: " + kPassword + "\n" + kHead + "\nRice.\n"));
  EXPECT_TRUE(finds(kHead + "Subject: " + kPassword + "\n\nRice.\n"));
  EXPECT_TRUE(finds(kHead + "Subject: =?utf-8?B?cmljZS1hbmQtc2FmZnJvbg==?=\n\nRice.\n"));
  EXPECT_TRUE(finds(kHead + "Comments: Approved: " + kPassword + "\n\nRice.\n"));
  EXPECT_TRUE(finds(kHead + "Content-Transfer-Encoding: base64\n\ncmljZS1hbmQtc2FmZnJvbg==\n"));
  EXPECT_TRUE(finds(kHead + "Content-Transfer-Encoding: quoted-printable\n\nrice=2Dand=\n-saffron\n"));
  EXPECT_TRUE(finds(kHead + "Content-Type: text/html\n\n<p>rice-<b>and</b>-saffron</p>\n"));
  EXPECT_TRUE(finds(kHead + "Content-Type: text/html\n\n<p title=\"" + kPassword + "\">Rice</p>\n"));
  EXPECT_TRUE(finds(kHead +
                    "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nRice.\n--x\nContent-Type: text/plain; "
                    "name=\"" +
                    kPassword + ".txt\"\n\nRice.\n--x--\n"));
  EXPECT_TRUE(finds(kHead + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nRice.\n--x\nContent-Type: text/plain\n"
                            "Content-Disposition: attachment; filename*0=\"rice-and\"; filename*1=\"-saffron.txt\"\n\n"
                            "Rice.\n--x--\n"));
  EXPECT_TRUE(finds(kHead + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nRice.\n--x\nContent-Type: "
                            "text/plain; charset=utf-16be\nContent-Transfer-Encoding: "
                            "base64\n\nAHIAaQBjAGUALQBhAG4AZAAtAHMAYQBmAGYAcgBvAG4=\n--x--\n"));
}

TEST(WordSearch, FindsAWordInALongAddress) {
  const std::string address = "https://www.example.org/a/b/c/d/e/f/g/h/i/?p=";
  EXPECT_TRUE(finds_in_text(address + kPassword + "&q=1&r=2&s=3&t=4&u=5&v=6#w\n"));
  EXPECT_TRUE(finds_in_text(address + "a-b-c-d-e-f-g-h-i" + "&q=1&r=2&s=3&t=4\n", "a-b-c-d-e-f-g-h-i"));
}

TEST(WordSearch, FindsAWordBehindEscapesAndInvisibleCharacters) {
  EXPECT_TRUE(finds_in_text("mailto:cooks-request@lists.example.org?body=approve%20" + kPassword + "%20who\n"));
  EXPECT_TRUE(finds_in_text("rice\xE2\x80\x8B-and-\xC2\xADsaffron\n"));
}

TEST(WordSearch, LooksAroundThePartsAndIntoWhatCanBeRead) {
  const std::string head = kHead + "Content-Type: multipart/mixed; boundary=x\n\n";
  EXPECT_TRUE(finds(head + kPassword + "\n--x\n\nRice.\n--x--\n"));
  EXPECT_TRUE(finds(head + "--x\n\nRice.\n--x--\n" + kPassword + "\n"));
  EXPECT_TRUE(finds(head + "--x\n\nRice.\n--x\nContent-Type: multipart/mixed; boundary=y\n\n" + kPassword +
                    "\n--y\n\nRice.\n--y--\n--x--\n"));
  for (const char* type : {"application/json", "application/xml", "message/rfc822", "image/svg+xml", "nonsense"}) {
    EXPECT_TRUE(finds(head + "--x\n\nRice.\n--x\nContent-Type: " + type +
                      "\nContent-Transfer-Encoding: base64\n\neyJwIjoicmljZS1hbmQtc2FmZnJvbiJ9\n--x--\n"))
        << type;
  }
  EXPECT_FALSE(
      finds(head + "--x\n\nRice.\n--x\nContent-Type: application/octet-stream\n\n\x01" + kPassword + "\n--x--\n"));
}

TEST(WordSearch, AsksAboutNoMoreThanItsCeiling) {
  std::size_t asked = 0;
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a.b.c.d.e.f ";
  EXPECT_FALSE(has_word(mail::Message::open(kHead + "\n" + text), [&](std::string_view) {
    ++asked;
    return false;
  }));
  EXPECT_GT(asked, 1'000U);
  EXPECT_LE(asked, kMaxWordsTried);
}

}  // namespace
}  // namespace majlis::lists
