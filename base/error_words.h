#pragma once

#include <string>
#include <string_view>

namespace majlis {

// What errno says, and of a limit that came with the process where it may have come from.
std::string words_for_errno(int error_number);

// What an Error says, without the names of rooms that it begins with or that stand behind a ": ": they are for those
// who read the source.
std::string without_rooms(std::string_view what);

}  // namespace majlis
