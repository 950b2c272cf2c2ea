#pragma once

#include "lists/site/config/codec.h"

namespace majlis::lists {

// The attributes of a list of GNU Mailman 2.1, each with its value as a literal of Python's (mailman_text.h). One that
// is not there, or says what an export of the list would, leaves everything as it is; settings of which none speaks
// stay.
const Codec& mailman_codec();

}  // namespace majlis::lists
