#pragma once

#include <string>
#include <string_view>

#include "lists/site/config/codec.h"

namespace majlis::lists {

// The keywords of LISTSERV's list header (header_text.h). A keyword that is not there has the default of
// listserv_keywords.cc; what a keyword says as an export of the list would is left as it is; settings for which there
// is no keyword stay.
const Codec& listserv_codec();

// A header that says the same, without the passwords in it.
std::string without_secrets(std::string_view header);

}  // namespace majlis::lists
