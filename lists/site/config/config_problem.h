#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace majlis::lists {

// One thing wrong with a configuration text. Line numbers start at 1; 0 is the text as a whole.
struct ConfigProblem {
  std::size_t line = 0;
  std::string what;    // in English: "subscribe_policy: 'opne' is none of open, closed, ..."
  Phrase phrase = {};  // the same (config_fault.h)
};

}  // namespace majlis::lists
