#include "mail/part_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/scan/content_field.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxParameters = 50;
constexpr std::array<std::string_view, 4> kSealedTypes = {"multipart/signed", "multipart/encrypted",
                                                          "application/pkcs7-mime", "application/x-pkcs7-mime"};

}  // namespace

bool is_attachment(std::string_view bytes, const Part& part) {
  return std::any_of(part.fields.begin(), part.fields.end(), [&](const Field& field) {
    return equals_ignoring_case(field.name, "Content-Disposition") &&
           parse_content_field(unfold(bytes.substr(field.body_begin, field.body_end - field.body_begin)), 0).value ==
               "attachment";
  });
}

bool is_sealed(const Part& part) {
  return std::find(kSealedTypes.begin(), kSealedTypes.end(), part.type) != kSealedTypes.end() ||
         part.is_encoded_composite();
}

std::string file_name_of(std::string_view bytes, const Part& part) {
  struct Place {
    std::string_view field;
    std::string_view parameter;
  };
  constexpr std::array kPlaces = {Place{"Content-Disposition", "filename"}, Place{"Content-Type", "name"}};
  for (const Place& place : kPlaces) {
    for (const Field& field : part.fields) {
      if (!equals_ignoring_case(field.name, place.field)) continue;
      const std::string body = unfold(bytes.substr(field.body_begin, field.body_end - field.body_begin));
      const auto name = parameter_value(parse_content_field(body, kMaxParameters), place.parameter);
      if (name && !name->empty()) return decode_words(*name);
    }
  }
  return {};
}

std::string text_of(std::string_view bytes, const Part& part) {
  const std::string_view body = bytes.substr(part.body_begin, part.body_end - part.body_begin);
  return to_utf8(decode_transfer(body, part.encoding), part.charset);
}

}  // namespace majlis::mail
