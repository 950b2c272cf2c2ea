#include "mail/part_text.h"

#include <algorithm>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/scan/content_field.h"

namespace majlis::mail {

bool is_attachment(std::string_view bytes, const Part& part) {
  return std::any_of(part.fields.begin(), part.fields.end(), [&](const Field& field) {
    return equals_ignoring_case(field.name, "Content-Disposition") &&
           parse_content_field(unfold(bytes.substr(field.body_begin, field.body_end - field.body_begin)), 0).value ==
               "attachment";
  });
}

std::string text_of(std::string_view bytes, const Part& part) {
  const std::string_view body = bytes.substr(part.body_begin, part.body_end - part.body_begin);
  return to_utf8(decode_transfer(body, part.encoding), part.charset);
}

}  // namespace majlis::mail
