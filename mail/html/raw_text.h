#pragma once

#include <cstddef>
#include <string_view>

namespace majlis::mail {

// How the text behind a start tag is read: until the matching end tag, mostly.
enum class HtmlContent {
  data,       // tags and character references
  rcdata,     // character references only
  rawtext,    // neither
  script,     // neither; "<!--" hides an end tag from it, as scripts were written once
  plaintext,  // neither, to the end of the page
  cdata,      // neither, to "]]>"
};

// Which of them an element has in a page without scripting.
HtmlContent content_of(std::string_view element);

// Where the content at the start of `html` ends, with the end tag of `element` (lower case) or "]]>"; npos when it goes
// on to the end of the page. Not for HtmlContent::data.
std::size_t end_of_content(std::string_view html, HtmlContent content, std::string_view element);

}  // namespace majlis::mail
