#pragma once

#include <string>

#include "mail/edit.h"
#include "mail/message.h"

namespace majlis::mail {

// Text of a list's own around what a message says: UTF-8, LF line ends, empty for none.
struct Decoration {
  std::string front;
  std::string behind;
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
Decorated decorate(const Message& message, const Decoration& decoration, Edit& edit);

}  // namespace majlis::mail
