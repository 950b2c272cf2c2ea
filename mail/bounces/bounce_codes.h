#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// The first enhanced status code (RFC 3463) in `text`: "4.2.2"; "" when there is none. Addresses of hosts are not
// taken for one.
std::string find_status(std::string_view text);

// The first SMTP reply code of a failure, 400 to 599, in `text`; 0 when there is none.
int find_smtp_code(std::string_view text);

// Whether a line holds a permanent refusal as SMTP writes it: "550 5.1.1 ..." or "(#5.1.1)" anywhere, "550 No ..." at
// its beginning or behind what introduces an answer. Other numbers and versions are none.
bool holds_refusal(std::string_view line);

}  // namespace majlis::mail
