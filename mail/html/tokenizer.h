#pragma once

#include <string>
#include <string_view>

#include "mail/html/cursor.h"
#include "mail/html/raw_text.h"
#include "mail/html/token.h"

namespace majlis::mail {

// Takes a page apart by the rules of HTML 13.2.5, in one pass whose time and memory are proportional to the page
// (beside the sorting of a tag's attributes, of which there are at most kMaxHtmlAttributes). It builds no tree, so it
// knows no foreign content: "<![CDATA[" begins a comment. Errors are no errors: any text is a page.
class HtmlTokenizer {
 public:
  // `html` is UTF-8 with LF line ends and outlives the tokenizer. `content` and `element` are for a page that begins
  // inside an element.
  explicit HtmlTokenizer(std::string_view html, HtmlContent content = HtmlContent::data, std::string_view element = {})
      : cursor_(html), content_(content), element_(element) {}

  // false at the end of the page. Text comes in as few tokens as there are.
  bool next(HtmlToken& token);

  // What follows the start tag that next() has just given is read as `content`: content_of() says how.
  void enter(HtmlContent content) { content_ = content; }

 private:
  void read_text(HtmlToken& token);
  void read_content(HtmlToken& token);
  bool is_markup() const;
  bool read_markup(HtmlToken& token);

  HtmlCursor cursor_;
  HtmlContent content_;
  std::string element_;  // of the last start tag
};

}  // namespace majlis::mail
