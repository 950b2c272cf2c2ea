#include "lists/effects/decision.h"

namespace majlis::lists {

const char* word_for(Action action) {
  switch (action) {
    case Action::accept: return "accept";
    case Action::challenge:
    case Action::hold: return "hold";
    case Action::reject: return "reject";
    case Action::discard: return "discard";
    case Action::defer: return "defer";
  }
  return "hold";
}

}  // namespace majlis::lists
