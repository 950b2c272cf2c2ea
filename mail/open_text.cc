#include "mail/open_text.h"

#include <algorithm>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/composer.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kSoftBreak = "=\r\n";
constexpr std::string_view kDashes = "--";
constexpr std::string_view kEncodedDashes = "=2D-";

}  // namespace

bool has_gaps(std::string_view text, std::string_view stem) {
  return !stem.empty() && text.find(stem) != std::string_view::npos;
}

std::string encode_with_gaps(std::string_view text, std::string_view stem) {
  std::string out;
  while (has_gaps(text, stem)) {
    const std::size_t at = text.find(stem);
    out += encode_quoted_printable(text.substr(0, at));
    if (!out.empty() && out.back() != '\n') out += kSoftBreak;
    out.append(text.substr(at, stem.size() + 1)).append(kSoftBreak);
    text.remove_prefix(std::min(at + stem.size() + 1, text.size()));
  }
  return out += encode_quoted_printable(text);
}

std::string encode_open_text(std::string_view text, std::string_view stem) {
  return encode_with_gaps(with_lf(to_utf8(text, "utf-8")), stem);
}

std::string without_leading_dashes(std::string encoded) {
  for (std::size_t at = encoded.find(kDashes); at != std::string::npos; at = encoded.find(kDashes, at + 1)) {
    if (at == 0 || encoded[at - 1] == '\n') encoded.replace(at, kDashes.size(), kEncodedDashes);
  }
  return encoded;
}

std::string open_text_part(std::string_view text, std::string_view stem) {
  return field("Content-Type", "text/plain; charset=UTF-8") + field("Content-Transfer-Encoding", "quoted-printable") +
         "\r\n" + without_leading_dashes(encode_open_text(text, stem));
}

}  // namespace majlis::mail
