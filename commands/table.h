#pragma once

#include <span>
#include <string_view>

#include "commands/request.h"

namespace majlis::commands {

// One spelling of a verb in one dialect; several rows are synonyms, the first is the canonical one.
struct VerbRow {
  Verb verb;
  std::string_view majordomo;  // the word, lower case
  unsigned own_arguments;      // besides the list: at LIST-request a shorter line means the default list
  unsigned secret_argument;    // 1-based position that is never shown again; 0: none
  bool changes_state;
  bool takes_list;
};

std::span<const VerbRow> verb_table();
const VerbRow* find_verb(std::string_view word);  // ASCII case ignored
const VerbRow& row_of(Verb verb);                 // the canonical row

}  // namespace majlis::commands
