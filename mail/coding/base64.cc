#include <array>
#include <cstdint>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr int kForeign = -1;

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(kForeign);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}
constexpr std::array<std::int8_t, 256> kValues = make_values();

bool is_space(char c) { return is_blank(c) || c == '\r' || c == '\n'; }

// The rest behind the first "=": as much padding as `digits` asks for, and nothing else.
bool is_right_padding(std::string_view rest, std::size_t digits) {
  std::size_t padding = 0;
  for (const char c : rest) {
    if (c == '=') {
      ++padding;
    } else if (!is_space(c)) {
      return false;
    }
  }
  return digits % 4 != 1 && (digits + padding) % 4 == 0 && padding <= 2;
}

}  // namespace

std::string decode_base64(std::string_view body, bool* canonical) {
  std::string bytes(body.size() / 4 * 3 + 3, '\0');
  std::size_t written = 0;
  bool foreign = false;
  std::uint32_t bits = 0;
  std::size_t digits = 0;
  std::size_t at = 0;
  while (at < body.size() && body[at] != '=') {
    // Four at once, as nearly all stand.
    if (digits % 4 == 0 && at + 4 <= body.size()) {
      const auto value = [&](std::size_t i) { return int{kValues[static_cast<unsigned char>(body[at + i])]}; };
      const int group = (value(0) << 18) | (value(1) << 12) | (value(2) << 6) | value(3);  // foreign: less than 0
      if (group >= 0) {
        bits = static_cast<std::uint32_t>(group);
        for (const unsigned shift : {16U, 8U, 0U}) bytes[written++] = static_cast<char>((bits >> shift) & 0xFFU);
        digits += 4;
        at += 4;
        continue;
      }
    }
    const int value = kValues[static_cast<unsigned char>(body[at])];
    if (value == kForeign) {
      foreign = foreign || !is_space(body[at]);
    } else {
      bits = (bits << 6U) | static_cast<std::uint32_t>(value);
      ++digits;
      if (digits % 4 != 1) bytes[written++] = static_cast<char>((bits >> ((8 - digits % 4 * 2) % 8)) & 0xFFU);
    }
    ++at;
  }
  bytes.resize(written);
  if (canonical != nullptr) {
    const std::size_t spare_bits = digits * 6 % 8;
    const bool zero_bits = (bits & ((1U << spare_bits) - 1U)) == 0;
    *canonical = !foreign && zero_bits && is_right_padding(body.substr(at), digits);
  }
  return bytes;
}

std::string encode_base64(std::string_view bytes, std::size_t line_octets) {
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + bytes.size() / 24 + 8);
  std::size_t column = 0;
  const auto put = [&](char c) {
    if (line_octets != 0 && column == line_octets) {
      out += "\r\n";
      column = 0;
    }
    out += c;
    ++column;
  };
  const auto octet = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t group = (octet(i) << 16U) | (octet(i + 1) << 8U) | octet(i + 2);
    put(kAlphabet[group >> 18U]);
    put(kAlphabet[(group >> 12U) & 63U]);
    put(i + 1 < bytes.size() ? kAlphabet[(group >> 6U) & 63U] : '=');
    put(i + 2 < bytes.size() ? kAlphabet[group & 63U] : '=');
  }
  if (line_octets != 0 && !out.empty()) out += "\r\n";
  return out;
}

}  // namespace majlis::mail
