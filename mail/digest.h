#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message.h"

// The two forms of a digest: one plain text (RFC 1153), or the messages themselves (RFC 2046 5.1.5).
namespace majlis::mail {

// A part that is not shown as text.
struct LeftOut {
  std::string name;  // file name, may be empty
  std::string type;
};

// A message as a plain text digest shows it. UTF-8, LF line ends.
struct PlainReading {
  std::string
      head;  // Date, From, Cc, Subject, Message-ID, in that order (RFC 1153 4.3), one line each, as people read them
  std::string text;  // its plain texts one after the other, else its HTML as text; at most `max_octets`
  std::vector<LeftOut> left_out;
  bool is_cut = false;
};
PlainReading read_plainly(const Message& message, std::size_t max_octets);

// RFC 1153: preamble, 70 hyphens, the entries with 30 hyphens between empty lines behind each, trailer. Lines of an
// entry that would be taken for such a line begin with a blank. UTF-8, LF line ends.
std::string plain_digest(std::string_view preamble, const std::vector<std::string>& entries, std::string_view trailer);

// MIME-Version and Content-* fields, the empty line and the body, for Letter::content: the preamble as text, a
// multipart/digest of the messages octet for octet, the trailer as text. The same input always gives the same.
std::string mime_digest(std::string_view preamble, const std::vector<std::string_view>& messages,
                        std::string_view trailer, std::string_view seed);

}  // namespace majlis::mail
