#pragma once

#include <string>

#include "mail/edit.h"
#include "mail/message.h"

namespace majlis::mail {

// Text of a list's own around what a message says: UTF-8, LF line ends, empty for none.
struct Decoration {
  std::string front;
  std::string behind;
  std::string gap_stem = {};  // what marks gaps in them (mail/open_text.h); "" = there are none
};

enum class Decorated {
  nothing,   // readers would differ about the message (ambiguous, message/partial ...): it stays as it is
  in_text,   // the message is one plain text that can take the words: they stand at its very beginning and end
  as_parts,  // multipart/mixed: parts of our own behind its first and before its closing delimiter
  wrapped,   // anything else, signed and encrypted messages too, is one untouched part of a new multipart/mixed
};

// Adds the decoration as insertions between the message's own octets, none of which changes or goes, save that
// Content-* fields move into the part when it is wrapped, and that fields which count octets (Content-MD5,
// Content-Length, Lines) are removed.
//
// Texts with gaps stand in quoted-printable UTF-8. A plain text that is to take them is written so as well, when it is
// in UTF-8 or ASCII; what it says stays as it is.
Decorated decorate(const Message& message, const Decoration& decoration, Edit& edit);

}  // namespace majlis::mail
