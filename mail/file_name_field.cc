#include "mail/file_name_field.h"

#include <algorithm>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/content_field_text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxParameters = 200;

// The octets RFC 5987 lets stand for themselves (attr-char).
bool is_attribute_character(char c) {
  constexpr std::string_view kMarks = "!#$&+-.^_`|~";
  const char lower = to_lower_ascii(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || kMarks.find(c) != std::string_view::npos;
}

// RFC 2231 4: "UTF-8''caf%C3%A9.txt".
std::string extended_name(std::string_view name) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string extended = "UTF-8''";
  for (const char c : name) {
    const auto octet = static_cast<unsigned char>(c);
    if (is_attribute_character(c)) {
      extended += c;
    } else {
      extended.append("%").append(1, kHex[octet >> 4U]).append(1, kHex[octet & 15U]);
    }
  }
  return extended;
}

bool is_file_name(const Parameter& parameter) { return parameter.name == "name" || parameter.name == "filename"; }

}  // namespace

std::string file_name_parameter(std::string_view parameter, std::string_view name) {
  std::string safe;
  for (const char c : name) safe += c >= ' ' && c <= '~' && c != '"' && c != '\\' ? c : '_';
  if (safe.empty()) return {};
  const std::string start = "; " + std::string(parameter);
  const std::string plain = start + "=\"" + safe + '"';
  return is_ascii(name) ? plain : plain + start + "*=" + extended_name(name);
}

std::string with_file_name(std::string_view field_body, std::string_view name, std::string_view line_end) {
  ContentField field = parse_content_field(unfold(field_body), kMaxParameters);
  const auto first = std::find_if(field.parameters.begin(), field.parameters.end(), is_file_name);
  const std::string named_by = first == field.parameters.end() ? std::string() : first->name;
  std::erase_if(field.parameters, is_file_name);
  const std::string text = content_field_text(field, line_end);
  return named_by.empty() ? text : text + file_name_parameter(named_by, name);
}

}  // namespace majlis::mail
