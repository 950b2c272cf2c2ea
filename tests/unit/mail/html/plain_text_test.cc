#include "mail/html/plain_text.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

TEST(PlainTextOfPage, ReadsLikeALetter) {
  struct Page {
    std::string html, text;
  };
  const Page pages[] = {
      {"<h1>Soup</h1><p>one</p><p>two", "Soup\n\none\n\ntwo\n"},
      {"<ol><li>a<li>b<ul><li>c</ul><li>d</ol>e<ol><li>f</ol>", "1. a\n2. b\n  - c\n3. d\ne\n1. f\n"},
      {"a<img src=x alt='a soup'>b<img src=y>", "aa soupb\n"},
      {"<a href=http://x.org/><img src=x alt=logo></a>", "logo <http://x.org/>\n"},
      {"<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc\n"},
      {"<table><caption>t</caption><tr><td>a<td>b<tr><th>c</table>", "t\na b\nc\n"},
      {"<script src=\"x<p>a</p>", "a\n"},
      {"<script>x<p>a</p>", "x\n\na\n"},
      {"<style>p{}</style><title>t</title>a", "a\n"},
      {"caf&eacute; &lt;b&gt;", "caf\u00E9 <b>\n"},
  };
  for (const Page& page : pages) EXPECT_EQ(plain_text_of_page(page.html), page.text) << page.html;
}

TEST(PlainTextOfPage, HasAllOfALongPage) {
  std::string page;
  for (int i = 0; i < 300000; ++i) page += "<p>word</p>\n";
  EXPECT_TRUE(plain_text_of_page(page + "end").ends_with("end\n"));
}

TEST(PlainTextOfPage, ListsAreIndentedToACeiling) {
  std::string page;
  for (int i = 0; i < 100000; ++i) page += "<ul><li>a";
  EXPECT_LE(plain_text_of_page(page).size(), 2000000U);
}

}  // namespace
}  // namespace majlis::mail
