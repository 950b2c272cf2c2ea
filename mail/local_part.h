#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// RFC 5322 3.2.3 atext, and the octets of UTF-8 beyond ASCII (RFC 6532 3.2).
bool is_atom_octet(char c);

// Atoms joined by single dots.
bool is_dot_atom(std::string_view text);

// Whether a reader could tell two addresses apart by `c`: nothing that cannot be seen, no blank but U+0020.
bool may_tell_apart(char32_t c);

// Whether the unquoted `local` may be somebody's mailbox: 1 to 64 octets as it goes over the wire, visible UTF-8, no
// angle brackets, no encoded word, nothing that an alias file or a command line would take for a file, a pipe, an
// include or an option, no blank at either end.
bool is_local_part(std::string_view local);

// As it goes over the wire: in quotes when it is no dot-atom.
std::string quote_local_part(std::string_view local);

// "text" with its quotes; quote and backslash escaped.
std::string quoted_string(std::string_view text);

}  // namespace majlis::mail
