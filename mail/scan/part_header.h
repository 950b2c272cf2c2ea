#pragma once

#include <string_view>

#include "mail/scan/limits.h"
#include "mail/scan/notes.h"
#include "mail/scan/part.h"

namespace majlis::mail {

// Fills type, charset, encoding, boundary and file names of a part from its fields, and notes what readers would
// understand differently. `default_type` stands when there is no usable Content-Type.
void describe_part(Part& part, std::string_view raw, std::string_view default_type, const ScanLimits& limits,
                   Notes& notes);

// True when the part's body is a message whose header block becomes a part of its own.
bool holds_message(const Part& part);

// True for the encodings that leave octets as they are (RFC 2045 6.2).
bool is_identity_encoding(std::string_view encoding);

}  // namespace majlis::mail
