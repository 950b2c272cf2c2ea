#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

using namespace std::string_literals;

struct Page {
  std::string html, text;
};

TEST(Html, ReadsLikeAPage) {
  const Page pages[] = {
      {"", ""},
      {"plain", "plain\n"},
      {"a  b\n c", "a b c\n"},
      {"<p>one</p><p>two</p>", "one\n\ntwo\n"},
      {"one<br>two<BR/>three", "one\ntwo\nthree\n"},
      {"<div><div><div>x</div></div></div><div>y</div>", "x\ny\n"},
      {"<ul><li>one</li><li><p>two</ul>", "- one\n- two\n"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "a b\nc\n"},
      {"<b>bo</b>ld", "bold\n"},
      {"a<blockquote>b<br>c<blockquote><p>d</p></blockquote></blockquote></blockquote>e",
       "a\n\n> b\n> c\n\n>> d\n\ne\n"},
      {"subscribe&nbsp;cooks", "subscribe cooks\n"},
      {"&lt;b&gt; &amp;amp; &eacute;&#233;&#xE9;&#8217;&#146; &bogus; & &copy", "<b> &amp; ééé’’ &bogus; & ©\n"},
      {"&#0;&#xD800;&#99999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\n"},
      {"a &#10; b", "a b\n"},
      {"<pre>a\n  b</pre>c", "a\n  b\n\nc\n"},
      {"<title>t</title><style>p{}</style>x<script>if (a</b) '</p>'</script>y", "xy\n"},
      {"<SCRIPT>x</ScRiPt >y", "y\n"},
      {"<script>never closed", ""},
      {"<scr<script>ipt>x", "ipt>x\n"},
      {"<scr\0ipt>x"s, "x\n"},
      {"a<!-- <b>x</b> -->b<!-->c<!--->d<!-- --!>e", "abcde\n"},
      {"<!DOCTYPE html><?xml x?><![if !mso]>x<![endif]>", "x\n"},
      {"a < b <3 <> </3>c", "a < b <3 <> c\n"},
      {"<a title='>' href=\"http://x.org/?a=1&amp;b=2\">here</a>!", "here <http://x.org/?a=1&b=2>!\n"},
      {"<a href=http://x.org/>http://x.org</a>", "http://x.org\n"},
      {"<a href=mailto:a@b.c>a@b.c</a>", "a@b.c\n"},
      {"<a href='http://evil.example/?good.example'>good.example</a>",
       "good.example <http://evil.example/?good.example>\n"},
      {"<a href='javascript:x()'>a</a><a href='http://x/\n&#10;y'>b</a>", "ab\n"},
      {"<a href=\"http://x.org/?id=1&lang=en&copy=2&amp;x\">l</a>", "l <http://x.org/?id=1&lang=en&copy=2&x>\n"},
      {"<a href='http://x.org/?a&copy'>c</a>", "c\n"},
      {"&notit; &notin; &NotEqualTilde; &Aacute &fjlig;", "\u00ACit; \u2209 \u2242\u0338 \u00C1 fj\n"},
      {"<iframe><p>x</p></iframe>a<noembed>b</noembed><textarea><b>&lt;</textarea>", "a<b><\n"},
      {"a<xmp><b>&lt;</xmp>c<plaintext></plaintext>", "a\n\n<b>&lt;\n\nc</plaintext>\n"},
      {"<script><!-- <script></script> --></script>x", "x\n"},
      {"<a href=x href='http://y.org'>z</a>", "z\n"},
      {"<img src=http://x.org/t.gif onerror=x>", ""},
      {"x<p", "x\n"},
      {"a\x01\x1B[31mb", "a [31mb\n"},
      {"caf\xE9", "caf\xEF\xBF\xBD\n"},
  };
  for (const Page& page : pages) EXPECT_EQ(html_to_text(page.html), page.text) << page.html;
}

std::string repeated(std::string_view piece, std::size_t octets) {
  std::string text;
  while (text.size() < octets) text += piece;
  return text;
}

TEST(Html, WordsStayHoweverDeepTheyLie) {
  EXPECT_EQ(html_to_text(repeated("<div>", 500000) + "deep"), "deep\n");
  EXPECT_EQ(html_to_text(repeated("<table>", 350000) + "deep"), "deep\n");
}

TEST(Html, HostilePagesCostLinearTimeAndMemory) {
  for (const char* piece : {"<", "<a", "<a ", "<a href='", "<!--", "<!-- -", "</", "<script>", "&", "&#", "&a",
                            "<a href=http://x>y</a>", "<pre> ", "<li>", "</p", "<a b=", "<p>\n"}) {
    const std::string text = html_to_text(repeated(piece, 1000000));
    EXPECT_LE(text.size(), 1500000U) << piece;
    EXPECT_TRUE(is_valid_utf8(text));
  }
  EXPECT_EQ(html_to_text("<x " + repeated("a=b ", 15000) + ">y"), "y\n");
}

TEST(Html, ATagThatNeverEndsIsNoText) {
  EXPECT_EQ(html_to_text("a<p title='" + std::string(20000, 'x') + " unseen"), "a\n");
  EXPECT_EQ(html_to_text("a<p title='" + std::string(20000, 'x') + "'>b"), "a\n\nb\n");
}

}  // namespace
}  // namespace majlis::mail
