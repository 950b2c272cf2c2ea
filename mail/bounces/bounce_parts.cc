#include "mail/bounces/bounce_parts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/bounces/report.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxEnclosed = 2;
constexpr std::array<std::string_view, 4> kMessageTypes = {"message/rfc822", "message/global", "text/rfc822-headers",
                                                           "message/global-headers"};

}  // namespace

bool is_own_part(const Scan& scan, const Part& part) {
  for (int up = part.parent; up >= 0; up = scan.parts[static_cast<std::size_t>(up)].parent) {
    if (scan.parts[static_cast<std::size_t>(up)].type.starts_with("message/")) return false;
  }
  return true;
}

std::string decoded_part(const Message& message, const Part& part) {
  const std::string_view body = message.bytes().substr(part.body_begin, part.body_end - part.body_begin);
  return with_lf(decode_transfer(body, part.encoding));
}

std::vector<Message> enclosed_messages(const Message& message) {
  std::vector<Message> enclosed;
  for (const Part& part : message.scan().parts) {
    const bool is_message = std::find(kMessageTypes.begin(), kMessageTypes.end(), part.type) != kMessageTypes.end();
    if (!is_message || !is_own_part(message.scan(), part)) continue;
    enclosed.push_back(Message::open(decoded_part(message, part)));
    if (enclosed.size() >= kMaxEnclosed) break;
  }
  return enclosed;
}

}  // namespace majlis::mail
