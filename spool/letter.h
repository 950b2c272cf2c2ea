#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace majlis::spool {

// A message as SMTP carries it: every CR, LF and CRLF is CRLF, leading dots are doubled, ".CRLF" ends it. The only
// place where line ends and dots are dealt with (a bare CR or LF on the wire is how mail is smuggled).
std::string wire_form(std::string_view message);

// A message as files keep it: every CR, LF and CRLF is LF, and the last line has one.
std::string file_form(std::string_view message);

// The message of one job, made ready once and shared by all its transactions.
struct Letter {
  std::shared_ptr<const std::string> text;  // wire_form for SMTP and LMTP, file_form otherwise
  bool has_eight_bit = false;
};

// True when `address` may stand in a command or an argument: 1 to 320 octets, no blank, control character, '<' or '>'.
bool is_sendable(std::string_view address);
bool is_ascii(std::string_view text);

}  // namespace majlis::spool
