#pragma once

#include <string>
#include <string_view>

namespace majlis::lists {

// What was heard of a failure, as people read it: the words of a Diagnostic-Code without its type ("smtp;"), behind the
// status unless they say it themselves; "" when there was neither.
std::string failure_words(std::string_view status, std::string_view text);

}  // namespace majlis::lists
