#pragma once

#include <string>
#include <utility>

#include "lists/site/reasons.h"

namespace majlis::lists {

// What a rule wants done with a post.
enum class Action {
  accept,
  hold,       // for the moderators
  reject,     // tell the author and drop it
  discard,    // drop it, log it, tell nobody
  defer,      // nothing yet: the mail server keeps it and tries again
  challenge,  // hold it until its author has confirmed that it is from there
};

struct Decision {
  Action action = Action::accept;
  std::string rule = {};            // the rule's name: its file, its word in the log
  Reasons reasons = {};             // for people
  std::string broken_pattern = {};  // an owner's pattern that could not be answered: the owner should know
};

const char* word_for(Action action);

// A rule's answer for one reason; the table gives it the rule's name.
inline Decision decision(Action action, ReasonId id, TextValues values = {}) {
  return {action, {}, {{id, std::move(values)}}, {}};
}

}  // namespace majlis::lists
