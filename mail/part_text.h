#pragma once

#include <string>
#include <string_view>

#include "mail/scan/scan.h"

namespace majlis::mail {

// Whether the part says of itself that it is an attachment (Content-Disposition). `bytes` are the scanned message's.
bool is_attachment(std::string_view bytes, const Part& part);

// Whether the part is signed or encrypted, or its parts are encoded together: nothing is changed inside, and a
// signature says whose it is.
bool is_sealed(const Part& part);

// The name of an attached file for people to read, decoded (RFC 2231, RFC 2047), of its Content-Disposition before its
// Content-Type; "" where there is none. What a policy has to know is Part::file_names.
std::string file_name_of(std::string_view bytes, const Part& part);

// The part's octets as UTF-8, transfer encoding undone; line ends as they are.
std::string text_of(std::string_view bytes, const Part& part);

}  // namespace majlis::mail
