#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

struct OctetRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first line that a reader of the page sees words in.
struct HtmlLine {
  std::string text;                // character references read
  std::vector<OctetRange> octets;  // of the page: all of the line but the tags in it, in order
};

// `html` as HtmlTokenizer takes it; CR LF may stand in it. Reads no further than that line. Empty: there is none.
HtmlLine first_line_of_html(std::string_view html);

}  // namespace majlis::mail
