#pragma once

#include <string>
#include <string_view>

#include "mail/scan/content_field.h"

namespace majlis::mail {

// The body of a Content-Type or Content-Disposition field: its value, and each parameter as it is written, on a line of
// its own; `line_end` ends all but the last.
std::string content_field_text(const ContentField& field, std::string_view line_end);

}  // namespace majlis::mail
