#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "bin/admin/call/arguments.h"

namespace majlis::bin::admin {

struct Call;

// The exit status of `majlis`.
enum class Verdict {
  done = 0,
  wanting = 1,  // refused, or found wanting
  wrong_use = 2,
};

// An Error is printed behind the command's name and is `wanting`.
using Function = Result<Verdict> (*)(const Call&);

// One way to use a command.
struct Form {
  std::string_view verb;  // "" in a command without verbs
  std::size_t min_words;  // beside the verb
  std::size_t max_words;
  std::span<const Option> options;  // --help is always there
  Function function;
};

constexpr std::size_t kAnyNumber = SIZE_MAX;

enum class VerbPlace {
  none,
  first_word,
  second_word,
  behind_a_list,  // as second_word; where the verb stands first, the first word is "": every list
};

struct Command {
  std::string_view usage;  // what --help prints
  VerbPlace verb_place;
  std::span<const Form> forms;
};

// Each in the file of its name.
extern const Command kInit;
extern const Command kCreate;
extern const Command kConfig;
extern const Command kPasswd;
extern const Command kTexts;
extern const Command kRename;
extern const Command kRemove;
extern const Command kMembers;
extern const Command kHeld;
extern const Command kBan;
extern const Command kQueue;
extern const Command kTrace;
extern const Command kCheck;
extern const Command kRotateSecret;
extern const Command kMta;
extern const Command kLists;
extern const Command kFind;
extern const Command kImport;
extern const Command kPerson;
extern const Command kBackup;
extern const Command kRestore;

}  // namespace majlis::bin::admin
