#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis::foreign {

// The message in the octets of a heldmsg-LIST-ID.pck, a pickled email.Message of Python 2: its fields as they are kept,
// its parts between their boundaries, LF line ends. refused: they are no such thing.
Result<std::string> read_stored_message(std::string_view octets);

}  // namespace majlis::foreign
