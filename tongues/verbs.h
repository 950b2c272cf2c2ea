#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tongues/request.h"

namespace majlis::commands {

// Which arguments are never shown again.
enum class Secrets {
  none,
  first,         // VERB SECRET ...
  all_but_list,  // VERB [LIST] ... PASSWORD ...: only a list's name may be shown
};

// What else of a line may be shown again. Old habits put a password behind any command: only what has the form of what
// belongs there is shown.
enum class Shown {
  nothing,  // but a list that exists
  list,     // the word in a list's place, whether it exists or not
  address,  // besides an existing list, addresses
  person,   // the word in a list's place; the name and address of a person; "*"
  option,   // as person, and the options of set
  file,     // the word in a list's place; names that look like a file's
  command,  // what may be shown of the command that stands there
  reason,   // all words
};

// Whether lines of text follow the command, up to a line EOF.
enum class Takes { line, text };

// One spelling of a verb; several rows are synonyms, the first is the canonical one.
struct VerbRow {
  Verb verb;
  std::string_view majordomo;  // the word, lower case
  unsigned own_arguments;      // besides the list: at LIST-request a shorter line means the default list
  Shown shown;
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
