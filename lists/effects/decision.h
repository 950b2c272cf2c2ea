#pragma once

#include <string>

namespace majlis::lists {

// What a rule wants done with a post.
enum class Action {
  accept,
  hold,     // for the moderators
  reject,   // tell the author and drop it
  discard,  // drop it, log it, tell nobody
};

struct Decision {
  Action action = Action::accept;
  std::string rule;                 // the rule's name: its file, its word in the log
  std::string reason;               // for people; several are separated by "; "
  std::string broken_pattern = {};  // an owner's pattern that could not be answered: the owner should know
};

const char* word_for(Action action);

}  // namespace majlis::lists
