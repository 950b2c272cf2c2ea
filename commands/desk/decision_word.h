#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tongues/request.h"

namespace majlis::commands {

// The word with which an accept, reject or discard says about what; "accept * TOKEN": about all that the letter lists.
struct DecisionWord {
  std::string word;
  bool is_for_all = false;
  std::size_t reason_begin = 0;  // of the arguments
};
// nullopt: it has none.
std::optional<DecisionWord> decision_word_of(const tongues::Request& request);

}  // namespace majlis::commands
