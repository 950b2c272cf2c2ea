#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tongues/request.h"

namespace majlis::tongues {

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

// One spelling of a verb; several rows are synonyms, the first is the canonical one.
struct VerbRow {
  Verb verb;
  std::string_view word;   // lower case
  unsigned own_arguments;  // besides the list: at LIST-request a shorter line means the default list
  Shown shown;
  Secrets secrets = Secrets::none;
  Takes takes = Takes::line;
};

// A dialect's words and the facts of its grammar, as data; who reads and writes it stands in commands/tongues/. Lines
// that a letter asks to be sent back are written with ${token} ${verb} ${target} ${address}: the verb's word, the list
// (and the option of set), whom it is about; and ${reason}, the words that stand for one.
struct Dialect {
  std::string_view name;   // as the setting `dialect` has it
  std::string_view title;  // for people, and in Subjects
  std::string_view owner;  // local part of the address of the people behind the site's command address
  std::string_view help;   // the text that lists the commands
  std::span<const VerbRow> verbs;
  std::size_t min_abbreviation;     // letters of a verb that are enough where they fit one only
  std::string_view confirm_line;    // one line that confirms
  std::string_view confirm_folded;  // the same in lines that no mail program breaks; "": one is short enough
  std::string_view
      decide_lines;  // one that accepts what waits, one that rejects it with a reason, one that discards it
  std::string_view approve_lines;  // by the list's password, in the place of PASSWORD
};

const VerbRow* find_verb(const Dialect& dialect, std::string_view word);  // the whole word, ASCII case ignored
// The verb's canonical spelling; "" in a dialect that lacks it.
std::string word_of(const Dialect& dialect, Verb verb);

// A word or its beginning (of at least min_abbreviation letters) that fits one verb only.
struct VerbMatch {
  const VerbRow* row = nullptr;
  std::vector<std::string_view> candidates;  // the verbs it may stand for, when they are several
};
VerbMatch match_verb(const Dialect& dialect, std::string_view word);

// The dialect of that name; Majordomo's where there is none.
const Dialect& dialect_named(std::string_view name);
// The verb that a word means in any dialect: commands_off takes them all.
std::optional<Verb> verb_in_any(std::string_view word);

}  // namespace majlis::tongues
