#include "mail/html/page_writer.h"

#include <algorithm>
#include <array>

#include "mail/html/cursor.h"

namespace majlis::mail {
namespace {

using P = HtmlPlace;

struct Escape {
  char character;
  std::string_view reference;
};
constexpr std::array kTextEscapes = {Escape{'&', "&amp;"}, Escape{'<', "&lt;"}, Escape{'>', "&gt;"}};
// Old readers take '`' for a quote, also where it is written as a reference.
constexpr std::array kValueEscapes = {Escape{'&', "&amp;"}, Escape{'<', "&lt;"}, Escape{'>', "&gt;"},
                                      Escape{'"', "&quot;"}, Escape{'`', "'"}};

template <typename Escapes>
void append_escaped(std::string& out, std::string_view text, const Escapes& escapes) {
  for (const char c : text) {
    const auto* escape =
        std::find_if(escapes.begin(), escapes.end(), [&](const Escape& each) { return each.character == c; });
    const bool is_control = (c >= '\0' && c < ' ' && c != '\t' && c != '\n') || c == '\x7F';
    if (escape != escapes.end()) {
      out += escape->reference;
    } else if (c == '\f') {
      out += ' ';
    } else if (!is_control) {
      out += c;
    }
  }
}

bool is_part_of_table(P place) {
  return place == P::rows || place == P::columns || place == P::column || place == P::caption || place == P::row ||
         place == P::cell;
}

// Where only parts of a table may stand.
bool is_frame_of_table(P place) {
  return place == P::table || place == P::rows || place == P::columns || place == P::row;
}

// What an end tag or an end that is implied does not reach beyond.
bool is_boundary(P place) { return place == P::cell || place == P::caption || is_frame_of_table(place); }

bool ends_paragraph(P place) {
  return place == P::block || place == P::paragraph || place == P::heading || place == P::item || place == P::term ||
         place == P::list || place == P::table;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  append_escaped(out, text, kTextEscapes);
  return out;
}

std::string html_attribute(std::string_view name, std::string_view value) {
  std::string out = " " + std::string(name) + "=\"";
  append_escaped(out, value, kValueEscapes);
  return out + '"';
}

void PageWriter::start(const KeptElement& element, std::string_view attributes) {
  const bool is_empty = element.place == P::empty || element.place == P::column;
  if (!is_empty && open_.size() >= kMaxHtmlNesting) {
    ++too_deep_[element.name];
    return;
  }
  if (is_part_of_table(element.place)) {
    if (!make_room_in_table(element.place)) return;
  } else {
    make_room(element.place);
  }
  open(element, attributes);
  if (is_empty) open_.pop_back();
}

void PageWriter::open(const KeptElement& element, std::string_view attributes) {
  write_blanks();
  out_.append("<").append(element.name).append(attributes).append(">");
  open_.push_back(&element);
}

// Anything but parts of a table.
void PageWriter::make_room(P place) {
  enter_cell();
  if (ends_paragraph(place)) close_within(P::paragraph, P::cell);
  if (place == P::item) close_within(P::item, P::list);
  if (place == P::term) close_within(P::term, P::list);
  if (place == P::anchor) close_within(P::anchor, P::cell);
  if (place == P::heading && !open_.empty() && open_.back()->place == P::heading) close_to(open_.size() - 1);
}

// The innermost element of one kind, unless one of the other kind (or the edge of a table) stands between.
void PageWriter::close_within(P what, P boundary) {
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i]->place == what) return close_to(i);
    if (open_[i]->place == boundary || is_boundary(open_[i]->place)) return;
  }
}

// Only a cell holds what is no part of a table.
void PageWriter::enter_cell() {
  if (!open_.empty() && open_.back()->place == P::columns) close_to(open_.size() - 1);
  if (open_.empty() || !is_frame_of_table(open_.back()->place)) return;
  if (open_.back()->place != P::row) open(*find_kept_element("tr"), "");
  open(*find_kept_element("td"), "");
}

// Depth behind the innermost table; 0 outside of all.
std::size_t PageWriter::innermost_table() const {
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i]->place == P::table) return i + 1;
  }
  return 0;
}

// A part of a table that stands in none is left out.
bool PageWriter::make_room_in_table(P place) {
  std::size_t depth = innermost_table();
  if (depth == 0) return false;
  const auto goes_into = [&](P parent) {
    return (place == P::cell && (parent == P::rows || parent == P::row)) || (place == P::row && parent == P::rows) ||
           (place == P::column && parent == P::columns);
  };
  while (depth < open_.size() && goes_into(open_[depth]->place)) ++depth;
  close_to(depth);
  if (place == P::cell && open_.back()->place != P::row) open(*find_kept_element("tr"), "");
  return true;
}

void PageWriter::close_to(std::size_t depth) {
  if (depth < open_.size()) write_blanks();
  while (open_.size() > depth) {
    out_.append("</").append(open_.back()->name).append(">");
    open_.pop_back();
  }
}

void PageWriter::end(std::string_view name) {
  const auto deep = too_deep_.find(name);
  if (deep != too_deep_.end() && deep->second > 0) {
    --deep->second;
    return;
  }
  const KeptElement* element = find_kept_element(name);
  if (element == nullptr) return;
  const bool is_of_table = is_part_of_table(element->place) || element->place == P::table;
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i] == element) return close_to(i);
    const P place = open_[i]->place;
    if (is_of_table ? place == P::table : is_boundary(place)) return;
  }
}

void PageWriter::add_text(std::string_view text) {
  const std::string written = html_text(text);
  if (std::all_of(written.begin(), written.end(), is_html_blank)) {
    if (!out_.empty()) blanks_ += written;
    return;
  }
  enter_cell();
  write_blanks();
  out_ += written;
}

void PageWriter::write_blanks() {
  out_ += blanks_;
  blanks_.clear();
}

std::string PageWriter::finish() {
  blanks_.clear();
  close_to(0);
  return std::move(out_);
}

}  // namespace majlis::mail
