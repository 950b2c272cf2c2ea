#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// Puts pieces of text into lines the way a browser lays out words: runs of blanks count once, line breaks are made only
// when text follows, at most one empty line stands between two lines.
class TextFlow {
 public:
  void add_character(char32_t code_point);  // blanks and line ends are recognised here; controls count as blanks
  void add_word(std::string_view text);     // as it is, without blanks
  void add_blank();
  void break_line();
  void break_paragraph();
  void begin_item(std::string mark);  // a line of its own, led by the mark

  // Lines that begin between these are led by '>', one for each quote they stand in. They may nest.
  void begin_quote();
  void end_quote();

  // Between these blanks and line ends stay. They may nest.
  void begin_preformatted() { ++preformatted_; }
  void end_preformatted();

  // What was written so far, for comparing a link with its text.
  std::string_view written() const { return out_; }
  std::string finish();  // ends in one LF, unless empty

 private:
  void make_room();

  std::string out_;
  std::size_t pending_blanks_ = 0;
  int pending_breaks_ = 0;
  int preformatted_ = 0;
  std::size_t quotes_ = 0;
  std::string pending_mark_;  // of an item that has no text yet
};

}  // namespace majlis::mail
