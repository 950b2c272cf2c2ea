#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

constexpr std::size_t kMaxLineOctets = 998;  // RFC 5322 2.1.1, without CRLF; for every channel

// What a peer takes besides 7-bit lines of at most kMaxLineOctets.
struct Channel {
  bool eight_bit = false;    // RFC 6152: in bodies
  bool utf8_header = false;  // RFC 6531: UTF-8 in header fields
};

// What a message asks of a channel.
struct Demand {
  bool eight_bit_header = false;  // in the message's own header; parts and enclosed messages count as body
  bool is_header_utf8 = true;     // the octets above 127 there are well-formed UTF-8
  bool eight_bit_body = false;
  bool long_lines = false;
  bool is_met_by(Channel channel) const;
};

// One pass. `message` has CRLF line ends.
Demand demand_of(std::string_view message);

// The message as `channel` can take it.
struct Fitted {
  enum class Kind {
    as_it_is,          // nothing had to be changed
    converted,         // `text` has it
    prohibited,        // 8-bit octets inside multipart/signed or multipart/encrypted (RFC 6152 3 leaves failing)
    no_ascii_address,  // a header field holds an address that cannot be said without SMTPUTF8
    impossible,        // 8-bit octets where none may be and nothing can be encoded
  };
  Kind kind = Kind::as_it_is;
  std::string text;
};

// Bodies: each part that does not fit is written as quoted-printable or base64 (RFC 2045), the labels of what encloses
// it follow; 8-bit text without any label becomes labelled UTF-8 or unknown-8bit (RFC 1428). Header fields: encoded
// words (RFC 2047) and extended parameters (RFC 2231). What fits is kept octet for octet. Long lines are re-encoded,
// inside signed or encrypted parts they stay. A text with gaps (mail/open_text.h) becomes quoted-printable in which
// they are what they were. `message` has CRLF line ends; so has the result.
Fitted fit(std::string_view message, Channel channel, std::string_view gap_stem = {});

}  // namespace majlis::mail
