#include "mail/coding/encoded_words.h"

#include <algorithm>

#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/coding/quoted_printable.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxWordOctets = 75;  // RFC 2047 2
constexpr std::string_view kStartQ = "=?UTF-8?Q?";
constexpr std::string_view kStartB = "=?UTF-8?B?";
constexpr std::string_view kEnd = "?=";
constexpr std::size_t kMaxTextOctets = kMaxWordOctets - kStartQ.size() - kEnd.size();
constexpr std::size_t kMaxBaseOctets = kMaxTextOctets / 4 * 3;  // what base64 makes that text of
constexpr std::size_t kMaxBlanks = 64;
constexpr char32_t kByteOrderMark = 0xFEFF;  // no reader shows it, and to_utf8() takes it off

// RFC 2047 5 (3): what may stand for itself even in a phrase.
bool is_plain_in_q(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

std::string to_q(std::string_view character) {
  if (character == " ") return "_";
  std::string q;
  for (const char c : character) {
    if (is_plain_in_q(c)) {
      q += c;
    } else {
      q += escape_octet(c);
    }
  }
  return q;
}

std::string_view take_character(std::string_view& rest) {
  const std::string_view before = rest;
  next_code_point(rest);
  return before.substr(0, before.size() - rest.size());
}

std::size_t q_octets(std::string_view text) {
  std::size_t octets = 0;
  for (const char c : text) octets += is_plain_in_q(c) || c == ' ' ? 1 : 3;
  return octets;
}

void append_word(std::string& out, std::string_view start, std::string_view text) {
  if (!out.empty()) out += ' ';
  out.append(start).append(text).append(kEnd);
}

std::string encode_as_q(std::string_view text) {
  std::string out;
  std::string piece;
  while (!text.empty()) {
    const std::string next = to_q(take_character(text));
    if (piece.size() + next.size() > kMaxTextOctets) {
      append_word(out, kStartQ, piece);
      piece.clear();
    }
    piece += next;
  }
  if (!piece.empty()) append_word(out, kStartQ, piece);
  return out;
}

std::string encode_as_b(std::string_view text) {
  std::string out;
  std::string piece;
  while (!text.empty()) {
    const std::string_view next = take_character(text);
    if (piece.size() + next.size() > kMaxBaseOctets) {
      append_word(out, kStartB, encode_base64(piece, 0));
      piece.clear();
    }
    piece += next;
  }
  if (!piece.empty()) append_word(out, kStartB, encode_base64(piece, 0));
  return out;
}

}  // namespace

std::string one_line(std::string_view text) {
  const std::string valid = to_utf8(text, "utf-8");
  std::string line;
  line.reserve(valid.size());
  std::size_t blanks = 0;
  for (std::string_view rest(valid); !rest.empty();) {
    const std::string_view character = take_character(rest);
    std::string_view copy = character;
    if (const char32_t c = next_code_point(copy); c == U' ' || is_control(c)) {
      blanks = std::min(blanks + 1, kMaxBlanks);
      continue;
    } else if (c == kByteOrderMark) {
      continue;
    }
    if (!line.empty()) line.append(blanks, ' ');
    blanks = 0;
    line += character;
  }
  return line;
}

std::string encode_words(std::string_view text) {
  const bool stays_readable = q_octets(text) <= 2 * text.size();
  return stays_readable ? encode_as_q(text) : encode_as_b(text);
}

}  // namespace majlis::mail
