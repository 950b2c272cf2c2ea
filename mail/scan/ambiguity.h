#pragma once

namespace majlis::mail {

// What different readers would understand differently, or what no sender writes in good faith (RFC 7103).
// Any of these makes a content policy hold the message.
enum class Ambiguity {
  nul_in_header,
  bare_cr_in_header,
  line_without_colon,  // ends the header block for some readers
  blank_before_colon,
  eight_bit_field_name,
  leading_continuation,  // first line is a continuation line
  repeated_field,        // From, Sender, To, Cc, Subject, Date, Message-ID or a Content-* / MIME-Version field
  repeated_reply_to,
  repeated_parameter,  // boundary, charset, name, filename ... given twice or in two forms
  bad_boundary,        // missing, empty, too long, with blanks at its end, or with octets RFC 2046 does not allow
  boundary_never_found,
  boundary_not_closed,
  boundary_prefix,     // one boundary begins with another that is open, or a line continues after the delimiter
  text_outside_parts,  // preamble or epilogue that looks like a part (a header-like line or a delimiter)
  encoded_composite,   // multipart/* or message/rfc822 in base64 or quoted-printable
  unknown_encoding,
  comment_in_type,  // "(c) multipart/mixed"
  too_deep,
  too_many_parts,
  too_many_fields,
  field_too_long,
  header_too_long,
  too_many_parameters,
};
const char* word_for(Ambiguity ambiguity);

}  // namespace majlis::mail
