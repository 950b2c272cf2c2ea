#pragma once

#include <string>
#include <vector>

#include "tongues/request.h"

namespace majlis::commands {

// Readers of what confirms and decides, and of passwords. `words`: the arguments.

// OK [CODE], OK REJECT CODE [REASON], OK DISCARD CODE ... Rejected without a reason: nobody is told.
void read_ok(tongues::Request& request, const std::vector<std::string>& words);

// PW ADD NEW, PW CHANGE NEW, PW REP NEW, PW RESET
void read_pw(tongues::Request& request, const std::vector<std::string>& words);

}  // namespace majlis::commands
