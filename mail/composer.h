#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "mail/address.h"

namespace majlis::mail {

// "Name: body" CRLF, folded at blanks near 78 columns, never beyond 998 octets. Control characters, line ends and
// U+2028/2029 in `body` become blanks; octets above 127 are written as RFC 2047 encoded words (UTF-8) unless the field
// is a structured one the caller has encoded already. The output always parses back to exactly one field.
std::string field(std::string_view name, std::string_view body);

// Plain UTF-8 for an unstructured field: encoded words where they are needed, also where the text itself looks like
// one, so that decode_words() gives it back (blanks at the ends aside).
std::string encode_text(std::string_view text);

// A display name and address as a field body: quoted or encoded as RFC 5322 and 2047 ask.
std::string display_mailbox(std::string_view display, const Address& address);

// A file to go along.
struct Attachment {
  std::string type;  // "message/rfc822", "text/plain"
  std::string name;  // file name, UTF-8
  std::string bytes;
  std::string charset = {};  // of text; empty: none is named
};

// A message that Majlis itself writes: UTF-8 text, plus attachments when there are any (multipart/mixed; message/rfc822
// is attached octet for octet, base64 is never used for it).
struct Letter {
  std::string from;          // field body, from display_mailbox
  std::string to;            // field body
  std::string subject;       // plain UTF-8
  std::string reply_to;      // field body, may be empty
  std::string message_id;    // "<...>", given by the caller: it derives from the incoming message
  std::string in_reply_to;   // "<...>" or empty
  std::string follows = {};  // "<...>" of the letter of ours whose thread this goes on with, or empty
  std::string text;          // LF line ends
  std::vector<std::pair<std::string, std::string>> extra_fields;
  std::vector<Attachment> attachments;
  std::string content;  // when not empty, instead of text and attachments: MIME fields, empty line, body
};

// Date, From, To, Subject, Message-ID, In-Reply-To and References (RFC 5322, 3.6.4), MIME fields, Auto-Submitted:
// auto-replied (or auto-generated without in_reply_to) and Precedence: bulk, with CRLF line ends. Lines of text beyond
// 990 octets or 8-bit text are sent quoted-printable. Extra fields replace Auto-Submitted and Precedence; those that
// would repeat another field written here are left out. The same letter and date always give the same octets.
std::string compose(const Letter& letter, UnixTime date);

}  // namespace majlis::mail
