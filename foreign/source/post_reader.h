#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace majlis::foreign {

// A post out of another system's archive.
struct OldPost {
  std::string message;        // LF line ends, unquoted
  std::string sender;         // of its envelope, "" = not known
  UnixTime received = 0;      // 0 = not known
  std::size_t repaired = 0;   // lines inside it that looked like the beginning of another
  bool is_too_large = false;  // it has more than kMaxPostOctets: `message` is its beginning
};

constexpr std::size_t kMaxPostOctets = 64 * 1024 * 1024;

// Adds a line to the message, with its LF, as long as that is not too large.
void add_line(OldPost& post, std::string_view line);

// One archive, post by post: one of them is in memory at a time.
class PostReader {
 public:
  PostReader() = default;
  PostReader(const PostReader&) = delete;
  PostReader& operator=(const PostReader&) = delete;
  virtual ~PostReader() = default;
  // nullopt at the end. An Error names the file.
  virtual Result<std::optional<OldPost>> next() = 0;
};

}  // namespace majlis::foreign
