#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

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

  // Behind what next() gave last, in octets of the page.
  std::size_t position() const { return cursor_.position(); }

  // What a page that ends too early would hide is read as well: behind a tag that is never closed it goes on at the
  // next '<', and the content of an element without an end tag is read as any other. From the beginning.
  void read_on() { reads_on_ = true; }
  // Whether there was such a tag or element so far.
  bool has_unclosed() const { return unclosed_tags_ > 0 || !unclosed_contents_.empty(); }

  // What follows the start tag that next() has just given is read as `content`: content_of() says how.
  void enter(HtmlContent content);
  // How what follows is read.
  HtmlContent content() const { return content_; }

 private:
  bool is_closed(HtmlContent content);
  void go_on_behind(std::size_t start);
  void read_text(HtmlToken& token);
  void read_content(HtmlToken& token);
  bool is_markup() const;
  bool read_markup(HtmlToken& token);

  HtmlCursor cursor_;
  HtmlContent content_;
  std::string element_;  // of the last start tag
  bool reads_on_ = false;
  std::size_t unclosed_tags_ = 0;
  std::vector<std::string> unclosed_contents_;  // elements of which no end tag follows any more
};

}  // namespace majlis::mail
