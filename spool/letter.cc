#include "spool/letter.h"

#include <algorithm>

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxAddressOctets = 64 + 1 + 255;  // RFC 5321 4.5.3.1

// Hands every line of `message`, without its end, to `take`; CR, LF and CRLF each end one.
template <typename Take>
void for_each_line(std::string_view message, const Take& take) {
  while (!message.empty()) {
    const std::size_t end = message.find_first_of("\r\n");
    take(message.substr(0, end));
    if (end == std::string_view::npos) return;
    const bool is_crlf = message[end] == '\r' && end + 1 < message.size() && message[end + 1] == '\n';
    message.remove_prefix(end + (is_crlf ? 2 : 1));
  }
}

}  // namespace

std::string wire_form(std::string_view message) {
  std::string wire;
  wire.reserve(message.size() + message.size() / 32 + 16);
  for_each_line(message, [&](std::string_view line) {
    if (!line.empty() && line.front() == '.') wire += '.';
    wire += line;
    wire += "\r\n";
  });
  wire += ".\r\n";
  return wire;
}

std::string file_form(std::string_view message) {
  std::string text;
  text.reserve(message.size() + 1);
  for_each_line(message, [&](std::string_view line) {
    text += line;
    text += '\n';
  });
  return text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_sendable(std::string_view address) {
  if (address.empty() || address.size() > kMaxAddressOctets) return false;
  return std::none_of(address.begin(), address.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet <= ' ' || octet == 0x7F || c == '<' || c == '>';
  });
}

}  // namespace majlis::spool
