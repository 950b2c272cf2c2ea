#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace majlis::mail {

// One entry of an mbox file (RFC 4155, mboxrd quoting: '>' before every line that is "From " after any number of '>'),
// with LF line ends, ending in an empty line. `sender` is the envelope sender, "" for null.
std::string mbox_entry(std::string_view message, std::string_view sender, UnixTime received);

}  // namespace majlis::mail
