#include "mail/coding/decode.h"

namespace majlis::mail {

std::string decode_transfer(std::string_view body, std::string_view encoding) {
  if (encoding == "quoted-printable") return decode_quoted_printable(body);
  if (encoding == "base64") return decode_base64(body);
  return std::string(body);
}

std::string with_lf(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (!crlf) out += text[at] == '\r' ? '\n' : text[at];
  }
  return out;
}

}  // namespace majlis::mail
