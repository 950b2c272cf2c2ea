#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// LISTSERV's content filter, a value of the setting content_filter: a rule a line, and below it, where that is not to
// reject, a line "Action: ALLOW", "Action: REJECT text", "Action: MODERATE" or "Action: DISCARD text". Empty lines say
// nothing.
//
//   NAME: TEXT     a header field of that name contains TEXT; letter case does not matter
//   NAME:: TEXT    one equals it
//   NAME::         it is empty or missing
//   Header: TEXT   any header field with its name does, Header:: TEXT likewise
//   Text: TEXT     a line of the first text/plain part does; so does TEXT alone. Text:: TEXT, Text:: likewise
//
// '*' in TEXT stands for anything; with one, TEXT is all there is. What stands before a colon is a name where a blank
// or nothing follows the colon: "http://x" is a text.
namespace majlis::lists {

constexpr std::size_t kMaxContentRules = 100;

struct ContentRule {
  enum class Where { field, header, text };
  enum class Action { allow, reject, moderate, discard };

  std::string written;  // its line
  Where where = Where::text;
  std::string field = {};    // with Where::field, as written
  std::string pattern = {};  // in lower case, as matches_wildcard() takes it; "": what is empty or missing
  Action action = Action::reject;
  std::string words = {};  // behind REJECT, for the author; behind DISCARD, for the log
};

struct ContentFilter {
  std::vector<ContentRule> rules = {};
  std::optional<Phrase> fault = {};  // the first; it names its line
  std::size_t fault_line = 0;        // from 0
};
// Pure; reads any text. Rules behind a fault are not read.
ContentFilter read_content_filter(std::string_view value);

}  // namespace majlis::lists
