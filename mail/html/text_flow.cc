#include "mail/html/text_flow.h"

#include <algorithm>

#include "base/unicode.h"

namespace majlis::mail {
namespace {

constexpr int kParagraphBreaks = 2;
constexpr std::size_t kMaxIndent = 80;  // blanks in a row, in preformatted text
constexpr std::size_t kMaxQuoteMarks = 5;
constexpr char32_t kNoBreakSpace = 0xA0;

}  // namespace

void TextFlow::add_character(char32_t code_point) {
  if (code_point == U'\n' && preformatted_ > 0) {
    pending_breaks_ = std::min(pending_breaks_ + 1, kParagraphBreaks);
    pending_blanks_ = 0;
  } else if (code_point == U' ' || code_point == kNoBreakSpace || is_control(code_point)) {
    if (code_point != U'\r' || preformatted_ == 0) add_blank();
  } else {
    make_room();
    append_utf8(out_, code_point);
  }
}

void TextFlow::add_word(std::string_view text) {
  make_room();
  out_ += text;
}

void TextFlow::add_blank() {
  const std::size_t most = preformatted_ > 0 ? kMaxIndent : 1;
  if (pending_blanks_ < most) ++pending_blanks_;
}

void TextFlow::break_line() {
  pending_breaks_ = std::max(pending_breaks_, 1);
  pending_blanks_ = 0;
}

void TextFlow::break_paragraph() {
  pending_breaks_ = pending_mark_.empty() ? kParagraphBreaks : 1;  // the text of an item stands beside its mark
  pending_blanks_ = 0;
}

void TextFlow::begin_item(std::string mark) {
  break_line();
  pending_mark_ = std::move(mark);
}

void TextFlow::end_preformatted() {
  if (preformatted_ > 0) --preformatted_;
}

void TextFlow::begin_quote() {
  break_paragraph();
  ++quotes_;
}

void TextFlow::end_quote() {
  break_paragraph();
  if (quotes_ > 0) --quotes_;
}

std::string TextFlow::finish() {
  if (!out_.empty()) out_ += '\n';
  return std::move(out_);
}

void TextFlow::make_room() {
  if (!out_.empty()) out_.append(static_cast<std::size_t>(pending_breaks_), '\n');
  const bool new_line = out_.empty() || out_.back() == '\n';
  const bool line_start = new_line || !pending_mark_.empty();
  if (new_line && quotes_ > 0) out_.append(std::min(quotes_, kMaxQuoteMarks), '>') += ' ';
  out_ += pending_mark_;
  if (!line_start || preformatted_ > 0) out_.append(pending_blanks_, ' ');
  pending_breaks_ = 0;
  pending_blanks_ = 0;
  pending_mark_.clear();
}

}  // namespace majlis::mail
