#pragma once

#include <string>
#include <string_view>

#include "mail/scan/scan.h"

namespace majlis::mail {

// Whether the part says of itself that it is an attachment (Content-Disposition). `bytes` are the scanned message's.
bool is_attachment(std::string_view bytes, const Part& part);

// The part's octets as UTF-8, transfer encoding undone; line ends as they are.
std::string text_of(std::string_view bytes, const Part& part);

}  // namespace majlis::mail
