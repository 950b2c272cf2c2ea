#include "tongues/verbs.h"

#include <array>

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::array kVerbs = {
    //      verb               word           own  shown  secrets  takes
    VerbRow{Verb::subscribe, "subscribe", 1, Shown::person},
    VerbRow{Verb::unsubscribe, "unsubscribe", 1, Shown::person},
    VerbRow{Verb::unsubscribe, "signoff", 1, Shown::person},
    VerbRow{Verb::unsubscribe, "cancel", 1, Shown::person},
    VerbRow{Verb::set, "set", 1, Shown::option},
    VerbRow{Verb::confirm, "confirm", 1, Shown::person},
    VerbRow{Verb::auth, "auth", 2, Shown::command, Secrets::first},
    VerbRow{Verb::approve, "approve", 2, Shown::command, Secrets::first},
    VerbRow{Verb::lists, "lists", 0, Shown::nothing},
    VerbRow{Verb::info, "info", 0, Shown::list},
    VerbRow{Verb::intro, "intro", 0, Shown::list},
    VerbRow{Verb::who, "who", 0, Shown::list},
    VerbRow{Verb::which, "which", 1, Shown::address},
    VerbRow{Verb::index, "index", 0, Shown::list},
    VerbRow{Verb::get, "get", 1, Shown::file},
    VerbRow{Verb::help, "help", 0, Shown::nothing},
    VerbRow{Verb::end, "end", 0, Shown::nothing},
    VerbRow{Verb::accept, "accept", 1, Shown::nothing, Secrets::first},
    VerbRow{Verb::reject, "reject", 1, Shown::reason, Secrets::first},
    VerbRow{Verb::discard, "discard", 1, Shown::nothing, Secrets::first},
    VerbRow{Verb::passwd, "passwd", 2, Shown::nothing, Secrets::all_but_list},
    VerbRow{Verb::newinfo, "newinfo", 1, Shown::nothing, Secrets::all_but_list, Takes::text},
    VerbRow{Verb::newintro, "newintro", 1, Shown::nothing, Secrets::all_but_list, Takes::text},
    VerbRow{Verb::config, "config", 1, Shown::nothing, Secrets::all_but_list},
    VerbRow{Verb::newconfig, "newconfig", 1, Shown::nothing, Secrets::all_but_list, Takes::text},
    VerbRow{Verb::writeconfig, "writeconfig", 1, Shown::nothing, Secrets::all_but_list},
    VerbRow{Verb::mkdigest, "mkdigest", 1, Shown::nothing, Secrets::all_but_list},
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
