#pragma once

#include <string>
#include <string_view>

#include "lists/site/text/fill_in.h"

namespace majlis::lists {

// A letter's text with its values, no line of its sentences longer than kLetterColumns (base/wrap.h) as long as there
// is a blank to break it at; what is left over goes on in the next line of the same paragraph. As they are stay lines
// that begin with a blank or TAB, or are nothing but values: commands, addresses, texts of other people.
std::string fill_in_letter(std::string_view text, const TextValues& values);

}  // namespace majlis::lists
