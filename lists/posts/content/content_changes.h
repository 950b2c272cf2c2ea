#pragma once

#include <cstddef>
#include <string>

#include "base/log.h"

namespace majlis::lists {

// How many parts of a post that goes out policy changed, for the log and the trace.
struct ContentChanges {
  std::size_t removed = 0;  // a note stands in their place (attachment_action = strip)
  std::size_t html = 0;     // cleaned, made text, or left out beside their text
};

// "removed=2 html=1", only what there is.
LogLine with_changes(LogLine line, const ContentChanges& changes);
std::string words_for(const ContentChanges& changes);  // with a blank in front of each

}  // namespace majlis::lists
