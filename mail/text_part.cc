#include "mail/text_part.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/composer.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxPlainLineOctets = 990;
constexpr std::size_t kCounterDigits = 8;

// FNV-1a; the boundary need not be secret, only the same every time.
std::uint64_t hash(std::string_view text, std::uint64_t start) {
  for (const char c : text) start = (start ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return start;
}

std::string hash_text(std::string_view text) {
  std::string octets;
  for (const std::uint64_t start : {0xCBF29CE484222325U, 0x9E3779B97F4A7C15U}) {
    const std::uint64_t value = hash(text, start);
    for (unsigned shift = 0; shift < 64; shift += 8) octets += static_cast<char>((value >> shift) & 0xFFU);
  }
  return hex(octets);
}

// The counters that stand behind `stem` anywhere in the contents.
std::set<std::uint64_t> counters_in(const std::vector<std::string_view>& contents, std::string_view stem) {
  std::set<std::uint64_t> taken;
  for (const std::string_view content : contents) {
    for (std::size_t at = content.find(stem); at != std::string_view::npos; at = content.find(stem, at + 1)) {
      if (const auto counter = parse_number(content.substr(at + stem.size(), kCounterDigits))) {
        taken.insert(*counter);
      }
    }
  }
  return taken;
}

// Valid UTF-8 with LF line ends and one at the end.
std::string clean_text(std::string_view text) {
  std::string clean = to_utf8(text, "utf-8");
  std::string lines;
  lines.reserve(clean.size() + 1);
  for (std::string_view rest(clean); !rest.empty();) (lines += *next_line(rest)) += '\n';
  return lines;
}

bool needs_encoding(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = *next_line(text);
    if (line.size() > kMaxPlainLineOctets || !is_ascii(line)) return true;
    if (std::any_of(line.begin(), line.end(),
                    [](char c) { return c != '\t' && is_control(static_cast<unsigned char>(c)); })) {
      return true;
    }
  }
  return false;
}

}  // namespace

// "=_" stands in no quoted-printable or base64 text. A content that holds the boundary on purpose gets the next number;
// the numbers have one length, so no boundary begins with another.
std::string choose_boundary(std::string_view seed, const std::vector<std::string_view>& contents) {
  const std::string stem = "=_" + hash_text(seed) + '_';
  const std::set<std::uint64_t> taken = counters_in(contents, stem);
  std::uint64_t counter = 0;
  while (taken.contains(counter)) ++counter;
  const std::string digits = std::to_string(counter);
  return stem + std::string(kCounterDigits - digits.size(), '0') + digits;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  for (const char c : text) out.append(c == '\n' ? "\r\n" : std::string_view(&c, 1));
  return out;
}

std::string text_part(std::string_view raw_text) {
  const std::string text = clean_text(raw_text);
  const bool encoded = needs_encoding(text);
  return field("Content-Type", "text/plain; charset=UTF-8") +
         field("Content-Transfer-Encoding", encoded ? "quoted-printable" : "7bit") + "\r\n" +
         (encoded ? encode_quoted_printable(text) : with_crlf(text));
}

std::string text_part_in_base64(std::string_view text) {
  return field("Content-Type", "text/plain; charset=UTF-8") + field("Content-Transfer-Encoding", "base64") + "\r\n" +
         encode_base64(with_crlf(clean_text(text)));
}

}  // namespace majlis::mail
