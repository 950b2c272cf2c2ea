#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mail/html/elements.h"

namespace majlis::mail {

// Text as it may stand between tags, and as it may stand in a double-quoted attribute: character references for what
// means something there, no control but TAB and LF.
std::string html_text(std::string_view text);
std::string html_attribute(std::string_view name, std::string_view value);

// Elements nested deeper than this are left out, what is in them stays.
constexpr std::size_t kMaxHtmlNesting = 200;

// Writes the body of a page in such a way that nobody has to guess: every element is closed, in order; paragraphs,
// items, cells and rows that another one ends are closed before it; what cannot stand in a table but in a cell stands
// in one; blanks at both ends of the page are left out.
class PageWriter {
 public:
  // `attributes` as they are to be written, each with a blank in front.
  void start(const KeptElement& element, std::string_view attributes);
  // Nothing when there is no such element that it may end.
  void end(std::string_view name);
  void add_text(std::string_view text);
  // The body, everything closed.
  std::string finish();

 private:
  void make_room(HtmlPlace place);
  bool make_room_in_table(HtmlPlace place);
  void close_within(HtmlPlace what, HtmlPlace boundary);
  void close_to(std::size_t depth);
  void open(const KeptElement& element, std::string_view attributes);
  void enter_cell();
  void write_blanks();
  std::size_t innermost_table() const;

  std::string out_;
  std::string blanks_;  // not written yet
  std::vector<const KeptElement*> open_;
  std::unordered_map<std::string_view, std::size_t> too_deep_;  // of each element, still open
};

}  // namespace majlis::mail
