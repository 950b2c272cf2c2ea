#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/charset_decoder.h"
#include "mail/coding/charset_names.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kFallback = "CP1252";

// "": none that is known.
std::string_view name_for(std::string_view label) {
  const auto found =
      std::lower_bound(kCharsets.begin(), kCharsets.end(), label,
                       [](const Charset& charset, std::string_view wanted) { return charset.label < wanted; });
  return found != kCharsets.end() && found->label == label ? found->name : std::string_view();
}

bool means_utf8(std::string_view label) {
  constexpr std::array<std::string_view, 5> kSpellings = {"utf-8", "utf8", "uft-8", "unicode-1-1-utf-8", "utf_8"};
  return std::find(kSpellings.begin(), kSpellings.end(), label) != kSpellings.end();
}

std::string repair_utf8(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (is_valid_utf8(text)) return std::string(text);
  std::string repaired;
  repaired.reserve(text.size());
  while (!text.empty()) append_utf8(repaired, next_code_point(text));
  return repaired;
}

std::string convert(std::string_view bytes, std::string_view name) { return repair_utf8(decode_charset(bytes, name)); }

std::string guess(std::string_view bytes) {
  return is_valid_utf8(bytes) ? repair_utf8(bytes) : convert(bytes, kFallback);
}

// RFC 2781 4.3: without a byte order mark UTF-16 is big-endian.
std::string_view byte_order(std::string_view bytes, std::string_view label, std::string_view name) {
  if (label == "utf-16" && bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  return name;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const std::string label = to_lower_ascii(trim(charset));
  if (means_utf8(label)) return repair_utf8(bytes);
  const std::string_view name = name_for(label);
  if (name.empty()) return guess(bytes);
  return convert(bytes, byte_order(bytes, label, name));
}

}  // namespace majlis::mail
