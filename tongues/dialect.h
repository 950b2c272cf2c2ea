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
  name,     // as person, and words of letters alone, of which a name is made
  option,   // as person, and the options of set
  move,     // the word in a list's place; addresses, and the word behind one, or behind "to"
  global,   // "global", and behind it words of letters and digits
  file,     // the word in a list's place; names that look like a file's
  posts,    // the word in a list's place; numbers
  sought,   // the word in a list's place; words of letters and digits, addresses and dates
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
  std::size_t least = 0;  // letters of the word that are enough; 0: as the dialect's min_abbreviation says
};

// A word of `set`, where a dialect has its own for the options of a membership.
struct OptionRow {
  enum class Is {
    option,
    form,    // stands with the option "digest", in front of it or behind
    topics,  // ends in a colon; the names of topics follow
    always,  // what is so for everybody: it changes nothing
    never,   // what nobody has; `option` is the word for what is always so instead
    not_yet,
  };
  std::string_view word;  // lower case
  std::size_t least;      // letters of it that are enough
  Is is;
  std::string_view option = "";   // as `set` takes it (lists/members/member_option.h)
  std::string_view implies = "";  // an option that comes with it
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
  std::string_view approve_lines;                  // by the list's password, in the place of PASSWORD
  std::string_view subject_token = " [${token}]";  // at the end of a Subject that has one
  // The token alone confirms, "OK TOKEN": what it stands for is kept, and every Subject that asks has it.
  bool confirms_by_token = false;
  bool unknown_ends = false;                // nothing is read behind a line that is no command
  bool answers_owners = false;              // questions of an owner need no password: the answer goes to that address
  bool serves_off = false;                  // who makes nothing but errors is not answered for a while
  bool mail_ends_digest = false;            // "set mail", where nothing has stopped mail, is for each post by itself
  bool joining_again_renames = false;       // subscribe of a member with another name
  std::string_view password_lines = "";     // how a password of one's own is given or changed
  bool keeps_names = false;                 // who joins is remembered by the name of the From field
  bool names_lists = true;                  // a line may name a list; else it is about the one it was sent to
  bool asks_by_attachment = false;          // the notice of what waits has a letter along, to be answered
  bool confirms_by_address = false;         // LIST-confirm+TOKEN confirms whatever the Subject
  std::span<const OptionRow> options = {};  // empty: options are called as the program calls them
  std::string_view notice = "held_moderator";  // the text that tells moderators of a post that waits
};

const VerbRow* find_verb(const Dialect& dialect, std::string_view word);  // the whole word, ASCII case ignored
// The verb's canonical spelling; "" in a dialect that lacks it.
std::string word_of(const Dialect& dialect, Verb verb);

// A word, or its beginning of as many letters as are enough, that fits one verb only.
struct VerbMatch {
  const VerbRow* row = nullptr;
  std::vector<std::string_view> candidates;  // the verbs it may stand for, when they are several
};
VerbMatch match_verb(const Dialect& dialect, std::string_view word);

// A word, or its beginning of as many letters as are enough; nullptr: the dialect has none.
const OptionRow* match_option(const Dialect& dialect, std::string_view word);

// "nomail" as LISTSERV's people write it, "NOMAIL"; ASCII alone.
std::string in_capitals(std::string_view word);

// Those that members have or have not, each once, by the first of its words.
std::vector<const OptionRow*> options_of_members(const Dialect& dialect);

std::span<const Dialect* const> all_dialects();
// The dialect of that name; Majordomo's where there is none.
const Dialect& dialect_named(std::string_view name);
// The verb that a word means in any dialect: commands_off takes them all.
std::optional<Verb> verb_in_any(std::string_view word);

}  // namespace majlis::tongues
