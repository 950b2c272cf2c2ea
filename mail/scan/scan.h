#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// The ceilings of one message. Beyond one the scan stops there and reports it; nothing grows past them.
struct ScanLimits {
  std::size_t max_header_octets = 256 * 1024;  // one header block
  std::size_t max_field_octets = 64 * 1024;    // one field
  std::size_t max_fields = 2000;               // in one header block
  std::size_t max_boundary_octets = 70;        // RFC 2046 5.1.1
  std::size_t max_depth = 30;
  std::size_t max_parts = 1000;
  std::size_t max_parameters = 50;  // of one field
};

// What different readers would understand differently, or what no sender writes in good faith (RFC 7103,
// libraries.md 1.5). Any of these makes a content policy hold the message.
enum class Ambiguity {
  nul_in_header,
  bare_cr_in_header,
  line_without_colon,  // ends the header block for some readers
  blank_before_colon,
  eight_bit_field_name,
  leading_continuation,  // first line is a continuation line
  repeated_field,      // From, Sender, Reply-To, To, Cc, Subject, Date, Message-ID or a Content-* / MIME-Version field
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

// Offsets are into the bytes given to scan(). A field's octets are [begin, end) with its line end; its body is
// [body_begin, body_end) without the final line end, folds kept.
struct Field {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t body_begin = 0;
  std::size_t body_end = 0;
  std::string name;  // as written, without blanks
};

struct Part {
  std::size_t header_begin = 0;
  std::size_t body_begin = 0;  // behind the empty line
  std::size_t body_end = 0;    // before the line end that belongs to the next delimiter
  int parent = -1;             // index into Scan::parts; the root is parts[0]
  int depth = 0;
  std::string type =
      "text/plain";     // lower case "type/subtype"; the default the context gives (message/rfc822 in a digest)
  std::string charset;  // lower case, empty when not given
  std::string encoding = "7bit";        // lower case Content-Transfer-Encoding
  std::string boundary;                 // of a multipart
  std::vector<Field> fields;            // this part's header block; the root's are the message's
  std::vector<std::string> file_names;  // every name any reader could see: name, filename, RFC 2231 joined and decoded,
                                        // RFC 2047 decoded
  bool is_multipart() const { return type.starts_with("multipart/"); }
};

struct Scan {
  std::vector<Part> parts;             // depth first; never empty: parts[0] is the message
  std::vector<Ambiguity> ambiguities;  // each kind once, in order of appearance
  bool has_eight_bit = false;
  bool has_nul = false;
  std::size_t longest_line = 0;  // octets without line end
  bool crlf = false;             // the first line ends in CRLF

  bool is_ambiguous() const { return !ambiguities.empty(); }
  bool has(Ambiguity which) const;
};

// Reads any byte string in one linear pass (time and memory proportional to size within the limits). Never fails, never
// recurses. `raw` starts at the first header field: envelope lines are already cut (mail/message.h).
Scan scan(std::string_view raw, const ScanLimits& limits = {});

}  // namespace majlis::mail
