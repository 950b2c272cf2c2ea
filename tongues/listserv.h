#pragma once

#include <string_view>

#include "tongues/dialect.h"

namespace majlis::tongues {

// LISTSERV (L-Soft), as its subscribers and editors know it.
extern const Dialect kListserv;

// What stands in a password's place where a list's header is shown; given as a password it is none.
constexpr std::string_view kHiddenInHeader = "XXXXXXXX";

// An argument of get_header and put_header: the list's mail templates are meant, not its header.
constexpr std::string_view kTemplatesFile = "MAILTPL";

}  // namespace majlis::tongues
