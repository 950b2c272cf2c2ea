#include "mail/html/clean.h"

#include <gtest/gtest.h>

#include "mail/html/page_writer.h"

namespace majlis::mail {
namespace {

using namespace std::string_literals;

bool is_active(std::string_view page, RemoteContent remote = RemoteContent::keep, std::string_view charset = "utf-8") {
  return is_active_page({.text = page, .charset = charset}, remote);
}

// What stands in the body.
std::string body_of(std::string_view page, RemoteContent remote = RemoteContent::keep) {
  const std::string clean = clean_page(page, remote);
  const std::size_t begin = clean.find("<body>") + 6;
  return clean.substr(begin, clean.find("</body>") - begin);
}

std::string repeated(std::string_view piece, std::size_t octets) {
  std::string text;
  while (text.size() < octets) text += piece;
  return text;
}

TEST(ActivePage, OrdinaryPagesAreNot) {
  for (const std::string& page : {
           ""s,
           "a < b & c"s,
           "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<html xmlns:o=\"urn:schemas-microsoft-com:office\">"s,
           "<?xml:namespace prefix = o ns = \"urn:schemas-microsoft-com:office:office\" /><o:p>x</o:p>"s,
           "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\"><meta charset=utf-8>"s,
           "<style><!-- /* Fonts */ p > b { color: red; scroll-behavior: smooth } --></style>"s,
           "<!-- <td>not now</td> --><title>a < b</title>"s,
           "<a href=\"http://x.org/?a=b:c\" title=\"Ann <ann@example.net>\">x</a><a href=mailto:a@b>m</a>"s,
           "<a href=\"/x:y\">x</a><a href=#top>y</a><a href=\"tel:+1\">z</a><img src=cid:1@x alt='a: b'>"s,
           "<p style=\"background:url(http://x.org/a.png); font-family:'Data',serif\">x</p>"s,
           "<p style=a style=b>x</p>"s,
           "<noscript>Please</noscript><xmp>a</xmp><fieldset><legend>x</legend></fieldset>"s,
       }) {
    EXPECT_FALSE(is_active(page)) << page;
  }
}

TEST(ActivePage, WhatActsIs) {
  for (const std::string& page : {
           "<SCRIPT>x</SCRIPT>"s,
           "<x:script>"s,
           "<b onclick=x>"s,
           "<form>"s,
           "<input>"s,
           "<iframe></iframe>"s,
           "<object>"s,
           "<video>"s,
           "<base href=x>"s,
           "<link rel=x>"s,
           "<meta name=generator content=x>"s,
           "<meta http-equiv=refresh content=1>"s,
           "<svg>"s,
           "<math>"s,
           "<!--[if mso]>x<![endif]-->"s,
           "<![if !mso]>x<![endif]>"s,
           "<a href='&#106;ava\nscript:x'>"s,
           "<img src=data:image/png,x>"s,
           "<a href=http://x href=javascript:x>"s,
           "<p style='x:e\\78pression(1)'>"s,
           "<style>@im/**/port 'x'</style>"s,
           "<p style=behavior:url(x)>"s,
           "<p style='-moz-binding:url(x)'>"s,
           "<p style='background:url(data:x)'>"s,
           "<p title='<b"s,
           "<style>p{}"s,
           "<!-->x-->"s,
           "<!-- --!>x-->"s,
           "<title><b>x</b></title>"s,
           "<noscript><p title='</noscript>'></noscript>"s,
           "<noscript><!--</noscript>--></noscript>"s,
           "<meta charset=utf-7>"s,
           "a\x1B$B"s,
           "a\0b"s,
           "<img\x0Bsrc=x>"s,
           "<img alt=`x>"s,
       }) {
    EXPECT_TRUE(is_active(page)) << page;
  }
}

TEST(ActivePage, CharsetsThatHideMarkupMatterUnlessTheyAreThePages) {
  const std::string page = "<meta http-equiv=content-type content='text/html; charset=iso-2022-jp'>x";
  EXPECT_TRUE(is_active(page));
  EXPECT_FALSE(is_active(page, RemoteContent::keep, "iso-2022-jp"));
  EXPECT_TRUE(is_active("x", RemoteContent::keep, "utf-7"));
}

TEST(ActivePage, RemoteLoadsAreWhereTheyAreToGo) {
  for (const char* page :
       {"<img src=http://x.org/a.png>", "<td background=//x/a.png>", "<p style='x:url(http://x/a)'>",
        "<style>@font-face{src:url(https://x/a)}</style>", "<img src=cid:1 srcset='http://x/a 2x'>"}) {
    EXPECT_FALSE(is_active(page)) << page;
    EXPECT_TRUE(is_active(page, RemoteContent::remove)) << page;
  }
  EXPECT_FALSE(is_active("<img src=cid:a@b><a href=http://x.org/>x</a>", RemoteContent::remove));
}

TEST(ActivePage, AttributesThatWereReadOverCount) {
  std::string attributes;
  for (int i = 0; i < 2000; ++i) attributes += " a" + std::to_string(i) + "=1";
  EXPECT_TRUE(is_active("<p" + attributes + " onclick=x>"));
}

TEST(CleanPage, SaysThatItIsUtf8) {
  EXPECT_EQ(
      clean_page("<!DOCTYPE HTML><html lang=de><head><title>t</title></head><body bgcolor=red onload=x>\n"
                 "<p>caf\xC3\xA9</body></html>\n",
                 RemoteContent::keep),
      "<!DOCTYPE html>\n<html lang=\"de\"><head><meta charset=\"utf-8\"></head><body bgcolor=\"red\"><p>caf\xC3\xA9"
      "</p></body></html>\n");
}

struct Page {
  std::string html, body;
};

TEST(CleanPage, KeepsWhatIsHarmless) {
  const Page pages[] = {
      {"a<script>x</script>b", "ab"},
      {"<b onclick=x class=y>a & b &lt;</b>", "<b class=\"y\">a &amp; b &lt;</b>"},
      {"<p>a<p>b<div>c</p>d", "<p>a</p><p>b</p><div>cd</div>"},
      {"<ul><li>a<li>b<ol><li>c</ul>d", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>d"},
      {"<b><i>a</b>b</i>", "<b><i>a</i></b>b"},
      {"<td>a<table><td>b<td>c<tr><th>d</table>", "a<table><tr><td>b</td><td>c</td></tr><tr><th>d</th></tr></table>"},
      {"<table>a<b>c</table>d</b>", "<table><tr><td>a<b>c</b></td></tr></table>d"},
      {"<table><tr><td>a</div></b>b</td></table>", "<table><tr><td>ab</td></tr></table>"},
      {"<a href=' http://x.org/\n' target=y>a</a><a href=javascript:x>b</a>",
       "<a href=\"http://x.org/\">a</a><a>b</a>"},
      {"<img src=cid:1 onerror=x><img onerror=x>", "<img src=\"cid:1\">"},
      {"<p style='color:red; position:fixed; background:url(x); font:12px \"A B\"'>x",
       "<p style=\"color:red;font:12px &quot;A B&quot;\">x</p>"},
      {"<p title='\"<`'>x", "<p title=\"&quot;&lt;'\">x</p>"},
      {"<form>a<input>b</form>", "ab"},
      {"<select><option>x</select>a<svg>b</svg>c<svg><p>d", "ac<p>d</p>"},
      {"<object>x<object>y</object></object>z<iframe src=x>w", "zw"},
      {"<script src=\"x<p>a</p>", "<p>a</p>"},
      {"<script>x<p>a</p>", "x<p>a</p>"},
      {"<xmp><b></xmp><noscript>a</noscript><!-- c -->", "&lt;b&gt;a"},
      {"<pre>a\n  b</pre>", "<pre>a\n  b</pre>"},
      {"a&#13;&#1;b\x02\x7F", "ab"},
  };
  for (const Page& page : pages) EXPECT_EQ(body_of(page.html), page.body) << page.html;
}

TEST(CleanPage, StyleSheetsAreFiltered) {
  EXPECT_EQ(clean_page("<style media=screen><!-- p.a > b, a:hover{COLOR : red;width:expression(1)} @import 'x'; "
                       "@media (max-width:9px){i{margin:0;position:fixed}} b{} @font-face{src:url(x)} --></style>x",
                       RemoteContent::keep),
            "<html><head><meta charset=\"utf-8\"><style media=\"screen\">\np.a > b, a:hover{color:red}\n"
            "@media (max-width:9px){\ni{margin:0}\n}\n</style></head><body>x</body></html>\n");
}

TEST(CleanPage, RemoteLoadsGoLinksStay) {
  const std::string page =
      "<img src=http://x/a alt=b><img src=cid:1><a href=http://x/>c</a><table background=http://x/>";
  EXPECT_EQ(body_of(page, RemoteContent::remove),
            "<img alt=\"b\"><img src=\"cid:1\"><a href=\"http://x/\">c</a><table></table>");
}

TEST(CleanPage, NestingHasACeiling) {
  const std::string body = body_of(repeated("<div>", 500000) + "deep" + repeated("</div>", 600000) + "behind");
  EXPECT_LE(body.size(), kMaxHtmlNesting * 11 + 10);
  EXPECT_TRUE(body.ends_with("</div>behind")) << body.substr(body.size() - 50);
  EXPECT_NE(body.find("deep"), std::string::npos);
}

TEST(CleanPage, HostilePagesCostLinearTimeAndMemory) {
  for (const char* piece : {"<",
                            "<a ",
                            "<a href='",
                            "<!--",
                            "<!",
                            "<script>",
                            "<style>",
                            "<title>",
                            "<svg>",
                            "<object>",
                            "</object>",
                            "<table>",
                            "<td>",
                            "<p>",
                            "<b><p>",
                            "<li>",
                            "&",
                            "&quot;",
                            "<p style='a:",
                            "<p style=\"\\\\\\\">",
                            "<a b=c ",
                            "<style>/*",
                            "<style>a{",
                            "<style>@media x{",
                            "<style>{}</style>",
                            "<img srcset='a,b:c ",
                            "\r",
                            "<x>",
                            "`"}) {
    const std::string page = repeated(piece, 1000000);
    (void)is_active(page, RemoteContent::remove);
    EXPECT_LE(clean_page(page, RemoteContent::keep).size(), 8000000U) << piece;
  }
  std::string attributes;
  for (int i = 0; i < 100000; ++i) attributes += " a" + std::to_string(i) + "=1";
  EXPECT_EQ(body_of("<p" + attributes + ">x"), "<p>x</p>");
}

}  // namespace
}  // namespace majlis::mail
