#pragma once

#include <string>
#include <string_view>

#include "lists/site/site.h"

namespace majlis::lists {

// Why something happened to a post, in the language of its list. The rules, the log and the store speak English
// ("Approval required; Message too long (9 of at most 8 octets)"); the text part_reasons has a line "ENGLISH => WORDS"
// for each reason, and what varies in one is ${word}. A reason without a line stays as it is.
std::string reason_in(const Site& site, std::string_view language, std::string_view reason);

// The same with the lines given.
std::string translated_reason(std::string_view lines, std::string_view reason);

}  // namespace majlis::lists
