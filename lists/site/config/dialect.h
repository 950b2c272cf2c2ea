#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/site/config/codec.h"
#include "lists/site/config/config_text.h"

namespace majlis::lists {

// The language of a list manager's configuration files: a syntax, and the keywords and values in it.
struct Dialect {
  std::string_view name;
  ConfigText (*scan)(std::string_view text);
  std::string (*print)(const std::vector<Statement>& statements);
  const Codec* codec;
  // Whether its files have the form of ours, so that one of a person's can be kept with its comments and order.
  enum class Form { ours, foreign } form;
  bool names_charset = false;  // whether its files say in which charset they are; else it is UTF-8
  // What becomes of a text with faults: none of it is accepted, or it goes without what is wrong, which then stands
  // among the notes.
  enum class Faults { refuse, leave_out } faults = Faults::refuse;
};

// Majordomo's, which is that of a list's own file as well: there it has keywords of Majlis besides.
const Dialect& majordomo();
// The list header of LISTSERV (header_text.h).
const Dialect& listserv();
// The mail templates of a LISTSERV list (listserv_templates.h).
const Dialect& listserv_templates();
// What config_list of GNU Mailman 2.1 writes and reads (mailman_text.h).
const Dialect& mailman();

// Those in which a whole configuration may be said; nullptr for any other name.
const Dialect* find_dialect(std::string_view name);

// The whole of a configuration as a file of that dialect. It reads back to the same meaning.
std::string write_in(const Dialect& dialect, const ListConfig& config, std::string_view list);

}  // namespace majlis::lists
