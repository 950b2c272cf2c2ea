#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace majlis::mail {

// One entry of an mbox file (RFC 4155, mboxrd quoting: '>' before every line that is "From " after any number of '>'),
// with LF line ends, ending in an empty line, handed to `put` piece by piece: no copy of the message is made. `sender`
// is the envelope sender, "" for null.
void write_mbox_entry(std::string_view message, std::string_view sender, UnixTime received,
                      const std::function<void(std::string_view)>& put);

// The message in an entry, without its quoting; nullopt when it does not begin with a "From " line.
std::optional<std::string> message_of_mbox_entry(std::string_view entry);

}  // namespace majlis::mail
