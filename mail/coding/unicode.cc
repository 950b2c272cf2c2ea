#include "mail/coding/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/text.h"

namespace majlis::mail {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode 15, general categories Cc, Cf, Zl, Zp, Zs without U+0020, and Default_Ignorable_Code_Point.
constexpr std::array kHidden = {
    Range{0x0000, 0x001F},   Range{0x007F, 0x00A0},   Range{0x00AD, 0x00AD},   Range{0x034F, 0x034F},
    Range{0x0600, 0x0605},   Range{0x061C, 0x061C},   Range{0x06DD, 0x06DD},   Range{0x070F, 0x070F},
    Range{0x0890, 0x0891},   Range{0x08E2, 0x08E2},   Range{0x115F, 0x1160},   Range{0x1680, 0x1680},
    Range{0x17B4, 0x17B5},   Range{0x180B, 0x180F},   Range{0x2000, 0x200F},   Range{0x2028, 0x202F},
    Range{0x205F, 0x206F},   Range{0x3000, 0x3000},   Range{0x3164, 0x3164},   Range{0xFDD0, 0xFDEF},
    Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},   Range{0xFFF0, 0xFFFF},
    Range{0x110BD, 0x110BD}, Range{0x110CD, 0x110CD}, Range{0x13430, 0x1343F}, Range{0x1BCA0, 0x1BCA3},
    Range{0x1D173, 0x1D17A}, Range{0x1FFFE, 0x1FFFF}, Range{0xE0000, 0xE0FFF}, Range{0x10FFFE, 0x10FFFF},
};

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

char32_t next_code_point(std::string_view& rest) {
  const auto [length, bits] = read_lead(static_cast<unsigned char>(rest.front()));
  if (rest.size() < length || !is_valid_utf8(rest.substr(0, length))) {
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

bool is_control(char32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 || code_point == 0x2029;
}

bool is_hidden(char32_t code_point) {
  if (code_point > ' ' && code_point <= '~') return false;  // nearly always
  return std::any_of(kHidden.begin(), kHidden.end(),
                     [&](const Range& range) { return code_point >= range.first && code_point <= range.last; });
}

}  // namespace majlis::mail
