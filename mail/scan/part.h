#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace majlis::mail {

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
  // multipart/* or a message in base64 or quoted-printable, against RFC 2045 6.4: what is in it is not taken apart.
  bool is_encoded_composite() const {
    const bool is_composite = is_multipart() || type == "message/rfc822" || type == "message/global";
    return is_composite && (encoding == "base64" || encoding == "quoted-printable");
  }
};

}  // namespace majlis::mail
