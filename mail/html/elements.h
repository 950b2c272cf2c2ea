#pragma once

#include <string_view>

namespace majlis::mail {

// How an element of a page that is rebuilt (clean.h) stands among others.
enum class HtmlPlace {
  inner,      // within a line of text
  block,      // ends a paragraph
  paragraph,  // ends one, too, and holds no block
  heading,
  item,    // of a list: ends the one before it
  term,    // of a definition list, likewise
  list,    // holds items
  anchor,  // ends the one before it
  table,
  rows,     // of a table: its parts, in rows
  columns,  // of a table
  caption,  // of a table
  row,
  cell,
  empty,   // no content, no end tag
  column,  // likewise, of a table
};

struct KeptElement {
  std::string_view name;
  HtmlPlace place;
  std::string_view attributes;  // beside those that all may have, blanks between
};

// The elements that a rebuilt page may have in its body. nullptr: it may not have this one.
const KeptElement* find_kept_element(std::string_view name);

// Whether an element of the name may have an attribute of this name there. "body" and "html" are elements here.
bool may_have_attribute(std::string_view element, std::string_view attribute);

// The name without a prefix: "script" of "x:script".
std::string_view local_name(std::string_view element);

// Elements that do something or load something, other than those whose attributes say what: scripts, forms, frames,
// objects, media, drawings with a language of their own.
bool is_active_element(std::string_view name);

// Elements that go with what is in them.
bool is_dropped_element(std::string_view name);

// Elements whose content is markup to some readers and text to others.
bool is_read_differently(std::string_view name);

}  // namespace majlis::mail
