#pragma once

#include <string_view>

namespace majlis::commands {

// Whether somebody's own words say yes: none at all, or a word of assent ("yes", "ok", "I confirm", "oui", "ja") among
// the first of a short first line, behind a greeting. Words that no table knows are no assent: who is taken for
// undecided is told how to confirm. Pure.
bool assents(std::string_view own_words);

}  // namespace majlis::commands
