#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "commands/request.h"

namespace majlis::commands {

// Which arguments are never shown again.
enum class Secrets {
  none,
  first,         // VERB SECRET ...
  all_but_list,  // VERB [LIST] ... PASSWORD ...: only a list's name may be shown
};

// Whether lines of text follow the command, up to a line EOF.
enum class Takes { line, text };

// One spelling of a verb; several rows are synonyms, the first is the canonical one.
struct VerbRow {
  Verb verb;
  std::string_view majordomo;  // the word, lower case
  unsigned own_arguments;      // besides the list: at LIST-request a shorter line means the default list
  Secrets secrets = Secrets::none;
  Takes takes = Takes::line;
};

std::span<const VerbRow> verb_table();
const VerbRow* find_verb(std::string_view word);  // the whole word, ASCII case ignored
const VerbRow& row_of(Verb verb);                 // the canonical row

constexpr std::size_t kMinAbbreviation = 3;

// A word or its beginning (of at least kMinAbbreviation letters) that fits one verb only.
struct VerbMatch {
  const VerbRow* row = nullptr;
  std::vector<std::string_view> candidates;  // the verbs it may stand for, when they are several
};
VerbMatch match_verb(std::string_view word);

}  // namespace majlis::commands
