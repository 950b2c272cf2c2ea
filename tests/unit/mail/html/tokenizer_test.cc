#include "mail/html/tokenizer.h"

#include <gtest/gtest.h>

#include <ctime>

#include "mail/coding/decode.h"
#include "mail/html/tag.h"

namespace majlis::mail {
namespace {

using Kind = HtmlToken::Kind;

std::string repeated(std::string_view piece, std::size_t octets) {
  std::string text;
  text.reserve(octets + piece.size());
  while (text.size() < octets) text += piece;
  return text;
}

// How many tokens a page has when the content of its elements is heeded.
std::size_t count_tokens(std::string_view page) {
  HtmlTokenizer tokenizer(page);
  std::size_t count = 0;
  for (HtmlToken token; tokenizer.next(token); ++count) {
    if (token.kind == Kind::start_tag) tokenizer.enter(content_of(token.name));
  }
  return count;
}

TEST(HtmlTokenizer, GivesTagsTextCommentsAndDoctypes) {
  HtmlTokenizer tokenizer("<!DOCTYPE html><P Class=a CLASS=b id='&lt;'/>x &amp; y<!-- c --></p>");
  HtmlToken token;
  ASSERT_TRUE(tokenizer.next(token));
  EXPECT_EQ(token.kind, Kind::doctype);
  EXPECT_EQ(token.name, "html");
  EXPECT_FALSE(token.needs_quirks);
  ASSERT_TRUE(tokenizer.next(token));
  EXPECT_EQ(token.kind, Kind::start_tag);
  EXPECT_EQ(token.name, "p");
  EXPECT_TRUE(token.is_self_closing);
  ASSERT_EQ(token.attributes.size(), 2U);
  EXPECT_EQ(*token.attribute("class"), "a") << "the first of a name counts";
  EXPECT_EQ(*token.attribute("id"), "<");
  EXPECT_EQ(token.attribute("title"), nullptr);
  ASSERT_TRUE(tokenizer.next(token));
  EXPECT_EQ(token.text, "x & y");
  ASSERT_TRUE(tokenizer.next(token));
  EXPECT_EQ(token.kind, Kind::comment);
  EXPECT_EQ(token.text, " c ");
  ASSERT_TRUE(tokenizer.next(token));
  EXPECT_EQ(token.kind, Kind::end_tag);
  EXPECT_FALSE(tokenizer.next(token));
}

TEST(HtmlTokenizer, AttributesBeyondTheCeilingAreReadOver) {
  std::string page = "<p";
  for (std::size_t i = 0; i < 2 * kMaxHtmlAttributes; ++i) page += " a" + std::to_string(i) + "=1";
  page += ">x";
  HtmlTokenizer tokenizer(page);
  HtmlToken token;
  ASSERT_TRUE(tokenizer.next(token));
  EXPECT_EQ(token.attributes.size(), kMaxHtmlAttributes);
  ASSERT_TRUE(tokenizer.next(token));
  EXPECT_EQ(token.text, "x");
}

double seconds_for(const std::string& page) {
  const std::clock_t start = std::clock();
  EXPECT_LE(count_tokens(page), page.size());
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// Ten megabytes take some tenths of a second of processor time; where the square of something is done they take hours.
// The ceiling leaves room for sanitizers.
constexpr double kMost_s = 60;

TEST(HtmlTokenizer, TenHostileMegabytesCostLinearTime) {
  for (const char* piece : {"<", "</", "&", "&a", "<!--", "<!-- -", "<a ", "<a b='", "<a b=c ", "<p a=1 a=2>"}) {
    EXPECT_LT(seconds_for(repeated(piece, 10'000'000)), kMost_s) << piece;
  }
}

TEST(HtmlTokenizer, SoDoesAMegabyteInEveryKindOfContent) {
  for (const char* piece : {"<!",
                            "<?",
                            "&#",
                            "&#x",
                            "&notin",
                            "&#99999999999",
                            "<!---",
                            "--",
                            "<a b",
                            "<a b=",
                            "<a/",
                            "</a",
                            "</a ",
                            "a=b ",
                            "<script>",
                            "<script><!--",
                            "<script><!--<script>",
                            "</script",
                            "<title>",
                            "</titl",
                            "<style></",
                            "<textarea>&",
                            "<plaintext>",
                            "<!doctype ",
                            "<!doctype a public '",
                            "]]>",
                            "<p>\n"}) {
    const std::string page = repeated(piece, 1'000'000);
    for (const char* begin : {"", "<a ", "<script>", "<title>"}) {
      EXPECT_LT(seconds_for(begin + page + ">"), kMost_s) << begin << " " << piece;
    }
  }
}

}  // namespace
}  // namespace majlis::mail
