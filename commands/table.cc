#include "commands/table.h"

#include <array>

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::array kVerbs = {
    //      verb               word           own  secret  changes  list
    VerbRow{Verb::subscribe, "subscribe", 1, 0, true, true},
    VerbRow{Verb::unsubscribe, "unsubscribe", 1, 0, true, true},
    VerbRow{Verb::unsubscribe, "signoff", 1, 0, true, true},
    VerbRow{Verb::unsubscribe, "cancel", 1, 0, true, true},
    VerbRow{Verb::auth, "auth", 2, 1, true, false},
    VerbRow{Verb::approve, "approve", 2, 1, true, false},
    VerbRow{Verb::lists, "lists", 0, 0, false, false},
    VerbRow{Verb::info, "info", 0, 0, false, true},
    VerbRow{Verb::intro, "intro", 0, 0, false, true},
    VerbRow{Verb::who, "who", 0, 0, false, true},
    VerbRow{Verb::which, "which", 1, 0, false, false},
    VerbRow{Verb::help, "help", 0, 0, false, false},
    VerbRow{Verb::end, "end", 0, 0, false, false},
    VerbRow{Verb::accept, "accept", 1, 1, true, false},
    VerbRow{Verb::reject, "reject", 1, 1, true, false},
    VerbRow{Verb::discard, "discard", 1, 1, true, false},
};

}  // namespace

std::span<const VerbRow> verb_table() { return kVerbs; }

const VerbRow* find_verb(std::string_view word) {
  for (const VerbRow& row : kVerbs) {
    if (equals_ignoring_case(row.majordomo, word)) return &row;
  }
  return nullptr;
}

const VerbRow& row_of(Verb verb) {
  for (const VerbRow& row : kVerbs) {
    if (row.verb == verb) return row;
  }
  return kVerbs.front();
}

}  // namespace majlis::commands
