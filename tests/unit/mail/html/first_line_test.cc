#include "mail/html/first_line.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

std::string without(std::string page, const HtmlLine& line) {
  for (auto octets = line.octets.rbegin(); octets != line.octets.rend(); ++octets) {
    page.erase(octets->begin, octets->end - octets->begin);
  }
  return page;
}

TEST(FirstLineOfHtml, IsWhatAReaderSeesFirst) {
  struct Case {
    std::string page, text, rest;
  };
  const std::vector<Case> cases = {
      {"one<br>two", "one", "<br>two"},
      {"<p> \n</p><p>o<b>n</b>e</p><p>two", "one", "<p> \n</p><p><b></b></p><p>two"},
      {"<script>zero</script><style>p{}</style><title>t</title><textarea>u</textarea>one", "one",
       "<script>zero</script><style>p{}</style><title>t</title><textarea>u</textarea>"},
      {"<!-- zero -->a &lt; b &amp c<hr>", "a < b & c", "<!-- zero --><hr>"},
      {"<pre>\r\n one\r\ntwo</pre>", "\r\n one\r", "<pre>\ntwo</pre>"},
      {"a < b", "a < b", ""},
      {"one<plaintext>two", "one", "<plaintext>two"},
  };
  for (const Case& each : cases) {
    const HtmlLine line = first_line_of_html(each.page);
    EXPECT_EQ(line.text, each.text) << each.page;
    EXPECT_EQ(without(each.page, line), each.rest) << each.page;
  }
}

TEST(FirstLineOfHtml, APageMayHaveNone) {
  for (const char* page : {"", "<p>&nbsp; </p>", "<!-- a -->", "<script>a", "<p", "<pre>\n\n</pre>"}) {
    EXPECT_EQ(first_line_of_html(page).text, "") << page;
    EXPECT_TRUE(first_line_of_html(page).octets.empty()) << page;
  }
}

}  // namespace
}  // namespace majlis::mail
