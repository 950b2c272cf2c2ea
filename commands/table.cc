#include "commands/table.h"

#include <array>

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::array kVerbs = {
    //      verb               word           own  secrets  takes
    VerbRow{Verb::subscribe, "subscribe", 1},
    VerbRow{Verb::unsubscribe, "unsubscribe", 1},
    VerbRow{Verb::unsubscribe, "signoff", 1},
    VerbRow{Verb::unsubscribe, "cancel", 1},
    VerbRow{Verb::set, "set", 1},
    VerbRow{Verb::auth, "auth", 2, Secrets::first},
    VerbRow{Verb::approve, "approve", 2, Secrets::first},
    VerbRow{Verb::lists, "lists", 0},
    VerbRow{Verb::info, "info", 0},
    VerbRow{Verb::intro, "intro", 0},
    VerbRow{Verb::who, "who", 0},
    VerbRow{Verb::which, "which", 1},
    VerbRow{Verb::index, "index", 0},
    VerbRow{Verb::get, "get", 1},
    VerbRow{Verb::help, "help", 0},
    VerbRow{Verb::end, "end", 0},
    VerbRow{Verb::accept, "accept", 1, Secrets::first},
    VerbRow{Verb::reject, "reject", 1, Secrets::first},
    VerbRow{Verb::discard, "discard", 1, Secrets::first},
    VerbRow{Verb::passwd, "passwd", 2, Secrets::all_but_list},
    VerbRow{Verb::newinfo, "newinfo", 1, Secrets::all_but_list, Takes::text},
    VerbRow{Verb::newintro, "newintro", 1, Secrets::all_but_list, Takes::text},
    VerbRow{Verb::config, "config", 1, Secrets::all_but_list},
    VerbRow{Verb::newconfig, "newconfig", 1, Secrets::all_but_list, Takes::text},
    VerbRow{Verb::writeconfig, "writeconfig", 1, Secrets::all_but_list},
    VerbRow{Verb::mkdigest, "mkdigest", 1, Secrets::all_but_list},
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

VerbMatch match_verb(std::string_view word) {
  VerbMatch match;
  match.row = find_verb(word);
  if (match.row != nullptr || word.size() < kMinAbbreviation) return match;
  bool is_ambiguous = false;
  for (const VerbRow& row : kVerbs) {
    if (!starts_with_ignoring_case(row.majordomo, word)) continue;
    is_ambiguous = is_ambiguous || (match.row != nullptr && match.row->verb != row.verb);
    match.candidates.push_back(row.majordomo);
    match.row = &row;
  }
  if (is_ambiguous) {
    match.row = nullptr;
  } else {
    match.candidates.clear();
  }
  return match;
}

}  // namespace majlis::commands
