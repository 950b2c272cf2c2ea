#include "base/unicode.h"

#include <unictype.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace majlis {
namespace {

constexpr char32_t kObjectReplacement = 0xFFFC;  // stands for something that is not there
constexpr char32_t kTextStyle = 0xFE0E;
constexpr char32_t kEmojiStyle = 0xFE0F;

bool is_continuation(unsigned char octet) { return (octet & 0xC0U) == 0x80U; }

struct Lead {
  std::size_t length;
  char32_t bits;
};

Lead read_lead(unsigned char octet) {
  if (octet < 0x80) return {1, octet};
  if (octet < 0xE0) return {2, octet & 0x1FU};
  if (octet < 0xF0) return {3, octet & 0x0FU};
  return {4, octet & 0x07U};
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(static_cast<unsigned char>(at(i)))) return 0;
  }
  const unsigned second = at(1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_high = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_high ? 0 : length;
}

char32_t next_code_point(std::string_view& rest) {
  const auto [length, bits] = read_lead(static_cast<unsigned char>(rest.front()));
  if (utf8_sequence_length(rest) == 0) {
    rest.remove_prefix(1);
    return kReplacementCodePoint;
  }
  char32_t code_point = bits;
  for (const char c : rest.substr(1, length - 1))
    code_point = (code_point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  rest.remove_prefix(length);
  return code_point;
}

void append_utf8(std::string& out, char32_t code_point) {
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (surrogate || code_point > 0x10FFFF) code_point = kReplacementCodePoint;
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0U | (code_point >> 6U));
    tail(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0U | (code_point >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (code_point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_ascii(std::string_view text) {
  std::uint64_t eight = 0;
  for (; text.size() >= sizeof(eight); text.remove_prefix(sizeof(eight))) {
    std::memcpy(&eight, text.data(), sizeof(eight));
    if ((eight & 0x8080808080808080U) != 0) return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Appearance appearance_of(char32_t code_point, char32_t before) {
  if (code_point >= ' ' && code_point <= '~') return Appearance::visible;  // nearly always
  if (uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp)) {
    return Appearance::control;
  }
  if (uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Zs)) return Appearance::blank;
  const bool is_style = code_point == kTextStyle || code_point == kEmojiStyle;
  if (is_style && uc_is_property_emoji(before)) return Appearance::visible;
  const bool is_hidden = uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cs) ||
                         uc_is_property_default_ignorable_code_point(code_point) ||
                         uc_is_property_not_a_character(code_point) || code_point == kObjectReplacement;
  return is_hidden ? Appearance::hidden : Appearance::visible;
}

bool has_hidden(std::string_view text) {
  char32_t before = 0;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      before = static_cast<unsigned char>(text.front());
      text.remove_prefix(1);
      continue;
    }
    const char32_t code_point = next_code_point(text);
    if (appearance_of(code_point, before) == Appearance::hidden) return true;
    before = code_point;
  }
  return false;
}

std::string with_plain_blanks(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string plain;
  plain.reserve(text.size());
  char32_t before = 0;
  while (!text.empty()) {
    const std::string_view here = text;
    const char32_t code_point = next_code_point(text);
    const Appearance appearance = appearance_of(code_point, before);
    before = code_point;
    if (appearance == Appearance::hidden) continue;
    if (appearance == Appearance::blank) {
      plain += ' ';
    } else {
      plain += here.substr(0, here.size() - text.size());
    }
  }
  return plain;
}

}  // namespace majlis
