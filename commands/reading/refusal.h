#pragma once

#include <string_view>

namespace majlis::commands {

// What the writer is asked to confirm.
enum class Asked {
  to_leave,       // "please remove me" is no refusal
  anything_else,  // it is one
};

// Whether somebody's own words (own_words.h) hold a word of refusal in one of many languages: "no", "never", "n't",
// "jamais", "stop". What forbids others to read or print the message is none. A doubt is a refusal: who refused by
// mistake is told how to confirm. Pure.
bool refuses(std::string_view own_words, Asked asked);

// Whether they have a word of an absence note, as programs that answer for people write ("office", "Urlaub", "ticket").
bool is_absence_note(std::string_view own_words);

// Whether they ask something, or have a word of one who decides later ("wait", "demain").
bool puts_off(std::string_view own_words);

}  // namespace majlis::commands
