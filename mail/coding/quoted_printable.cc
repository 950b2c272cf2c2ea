#include "mail/coding/quoted_printable.h"

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLineOctets = 76;  // RFC 2045 6.7 (5), the soft break's "=" included
constexpr std::string_view kDigits = "0123456789ABCDEF";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = to_lower_ascii(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

bool is_encoded_line(std::string_view line) {
  if (line.size() > kMaxLineOctets) return false;
  const std::string_view text = without_trailing_blanks(line);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((text[at] < ' ' || text[at] > '~') && text[at] != '\t') return false;
    if (text[at] != '=' || at + 1 == text.size()) continue;
    if (at + 2 >= text.size() || hex_value(text[at + 1]) < 0 || hex_value(text[at + 2]) < 0) return false;
  }
  return true;
}

void encode_line(std::string_view line, std::string& out) {
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool last = at + 1 == line.size();
    const bool literal = (c > ' ' && c <= '~' && c != '=') || (is_blank(c) && !last);
    const std::string piece = literal ? std::string(1, c) : escape_octet(c);
    if (column + piece.size() > kMaxLineOctets - 1) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  }
}

}  // namespace

std::string decode_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '=' && at + 2 < text.size();
    const int high = escape ? hex_value(text[at + 1]) : -1;
    const int low = escape ? hex_value(text[at + 2]) : -1;
    if (high < 0 || low < 0) {
      out += text[at];
    } else {
      out += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return out;
}

bool is_quoted_printable(std::string_view body) {
  while (const auto line = next_line(body)) {
    if (!is_encoded_line(*line)) return false;
  }
  return true;
}

std::string escape_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return {'=', kDigits[octet >> 4U], kDigits[octet & 15U]};
}

std::string decode_quoted_printable(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    const bool has_line_end = end != std::string_view::npos;
    const std::string_view line = without_trailing_blanks(*next_line(body));
    const bool soft_break = line.ends_with('=');
    out += decode_escapes(soft_break ? line.substr(0, line.size() - 1) : line);
    if (has_line_end && !soft_break) out += '\n';
  }
  return out;
}

std::string encode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (;;) {
    const std::size_t end = text.find('\n');
    encode_line(text.substr(0, end), out);
    if (end == std::string_view::npos) return out;
    out += "\r\n";
    text.remove_prefix(end + 1);
  }
}

}  // namespace majlis::mail
