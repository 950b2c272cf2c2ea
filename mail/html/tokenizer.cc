#include "mail/html/tokenizer.h"

#include <algorithm>

#include "mail/html/character_references.h"
#include "mail/html/declaration.h"
#include "mail/html/tag.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kCdataEnd = "]]>";
constexpr std::size_t kMaxUnclosedTags = 10;  // each is looked for to the end of the page

}  // namespace

bool HtmlTokenizer::next(HtmlToken& token) {
  while (!cursor_.at_end()) {
    token = {};
    if (content_ != HtmlContent::data) {
      read_content(token);
    } else if (is_markup()) {
      if (!read_markup(token)) continue;
      return true;
    } else {
      read_text(token);
    }
    if (!token.text.empty()) return true;
  }
  return false;
}

void HtmlTokenizer::enter(HtmlContent content) {
  content_ = reads_on_ && !is_closed(content) ? HtmlContent::data : content;
}

bool HtmlTokenizer::is_closed(HtmlContent content) {
  if (content == HtmlContent::data) return true;
  const auto known = std::find(unclosed_contents_.begin(), unclosed_contents_.end(), element_);
  if (known != unclosed_contents_.end()) return false;
  if (end_of_content(cursor_.rest(), content, element_) != std::string_view::npos) return true;
  unclosed_contents_.push_back(element_);
  return false;
}

void HtmlTokenizer::go_on_behind(std::size_t start) {
  ++unclosed_tags_;
  if (!reads_on_ || unclosed_tags_ > kMaxUnclosedTags) return;
  cursor_.move_to(std::min(cursor_.html().find('<', start + 1), cursor_.html().size()));
}

// HTML 13.2.5.6: any other '<' is text.
bool HtmlTokenizer::is_markup() const {
  if (cursor_.peek() != '<') return false;
  const char next = cursor_.peek(1);
  if (next == '/') return cursor_.rest().size() > 2;
  return next == '!' || next == '?' || is_html_letter(next);
}

// From here to the next markup.
void HtmlTokenizer::read_text(HtmlToken& token) {
  while (!cursor_.at_end() && !is_markup()) {
    if (cursor_.peek() == '<') {
      token.text += '<';
      cursor_.skip(1);
    }
    append_decoded(token.text, cursor_.take_until_any("<"), ReferencePlace::text);
  }
}

// Text that no markup stands in, and the move to the end tag behind it.
void HtmlTokenizer::read_content(HtmlToken& token) {
  const std::size_t end = end_of_content(cursor_.rest(), content_, element_);
  const std::string_view raw = cursor_.take_until(end == std::string_view::npos ? end : cursor_.position() + end);
  if (content_ == HtmlContent::cdata) {
    token.text = raw;
    cursor_.skip(cursor_.at_end() ? 0 : kCdataEnd.size());
  } else if (content_ == HtmlContent::rcdata) {
    append_decoded(token.text, with_nul_replaced(raw), ReferencePlace::text);
  } else {
    token.text = with_nul_replaced(raw);
  }
  content_ = HtmlContent::data;
}

// false when what stands here is no token: "</>", or a tag that the page ends in.
bool HtmlTokenizer::read_markup(HtmlToken& token) {
  const bool is_end = cursor_.peek(1) == '/';
  const char first = cursor_.peek(is_end ? 2 : 1);
  if (is_html_letter(first)) {
    token.kind = is_end ? HtmlToken::Kind::end_tag : HtmlToken::Kind::start_tag;
    const std::size_t start = cursor_.position();
    cursor_.skip(is_end ? 2 : 1);
    if (!read_tag(cursor_, token)) {
      go_on_behind(start);
      return false;
    }
    if (is_end) token.is_self_closing = false;
    if (!is_end) element_ = token.name;
    return true;
  }
  if (is_end && first == '>') {
    cursor_.skip(3);
    return false;
  }
  cursor_.skip(first == '!' || is_end ? 2 : 1);
  if (!is_end && first == '!') {
    read_declaration(cursor_, token);
  } else {
    read_bogus_comment(cursor_, token);
  }
  return true;
}

}  // namespace majlis::mail
