#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"

namespace majlis::mail {

inline bool is_html_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f'; }
inline bool is_html_letter(char c) { return to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z'; }
// What ends the name of a tag.
inline bool ends_html_name(char c) { return is_html_blank(c) || c == '/' || c == '>'; }

// `text` with U+FFFD for each NUL, as HTML has it everywhere but in text between tags.
std::string with_nul_replaced(std::string_view text);

// A place in a page. Reading behind the end gives NUL and empty texts.
class HtmlCursor {
 public:
  explicit HtmlCursor(std::string_view html) : html_(html) {}

  bool at_end() const { return at_ >= html_.size(); }
  std::size_t position() const { return at_; }
  std::string_view rest() const { return html_.substr(at_); }
  char peek(std::size_t distance = 0) const { return at_ + distance < html_.size() ? html_[at_ + distance] : '\0'; }
  void skip(std::size_t octets) { at_ = octets < html_.size() - at_ ? at_ + octets : html_.size(); }
  void move_to(std::size_t position) { at_ = position; }  // at most the end
  void skip_blanks() {
    while (!at_end() && is_html_blank(html_[at_])) ++at_;
  }
  // Everything up to `position`, or to the end, which the cursor moves to.
  std::string_view take_until(std::size_t position) {
    const std::size_t start = at_;
    at_ = position < html_.size() ? position : html_.size();
    return html_.substr(start, at_ - start);
  }
  // Everything in front of the next of `ends`, or to the end.
  std::string_view take_until_any(std::string_view ends) { return take_until(html_.find_first_of(ends, at_)); }

  std::string_view html() const { return html_; }

 private:
  std::string_view html_;
  std::size_t at_ = 0;
};

}  // namespace majlis::mail
