#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "spool/job/progress.h"

namespace majlis::spool {

constexpr std::size_t kMaxReplyLineOctets = 2048;
constexpr std::size_t kMaxReplyLines = 128;
constexpr std::size_t kMaxReplyTextOctets = 4096;

// One reply of an SMTP server, RFC 5321 4.2.
struct Reply {
  unsigned code = 0;  // 200 to 599
  std::string text;   // the lines without their codes, separated by LF; cut at kMaxReplyTextOctets

  unsigned kind() const { return code / 100; }
  // The enhanced status code at the start of the text, else "K.0.0"; and the words, printable.
  DeliveryStatus answer() const;
};

// Octets in, replies out, however they are cut. Takes LF for CRLF.
class ReplyReader {
 public:
  void add(std::string_view octets);
  // The next complete reply; nullopt when more octets are needed. `refused` when the peer does not speak SMTP or goes
  // on for ever: the connection is then of no further use.
  Result<std::optional<Reply>> next();
  // Nothing is left behind the last reply, not even half a line.
  bool is_empty() const { return start_ == buffer_.size(); }

 private:
  Status take_line(std::string_view line);

  std::string buffer_;
  std::size_t start_ = 0;  // of what is not read yet
  Reply partial_;
  std::size_t lines_ = 0;
  bool is_complete_ = false;
};

}  // namespace majlis::spool
