#include "mail/decode.h"

namespace majlis::mail {

std::string decode_transfer(std::string_view body, std::string_view encoding) {
  if (encoding == "quoted-printable") return decode_quoted_printable(body);
  if (encoding == "base64") return decode_base64(body);
  return std::string(body);
}

}  // namespace majlis::mail
