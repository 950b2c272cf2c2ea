#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::mail {

// A field with octets above 127 in ASCII alone: encoded words (RFC 2047) in text, phrases and comments, extended
// parameters (RFC 2231) in Content-Type and Content-Disposition. What is not UTF-8 is read as windows-1252. `body` is
// as it stands in the message, folds and all; the result is "Name: body" with its CRLF. nullopt when such an octet
// stands in an address, which has no other spelling.
std::optional<std::string> ascii_field(std::string_view name, std::string_view body);

}  // namespace majlis::mail
