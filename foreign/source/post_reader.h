#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace majlis::foreign {

// A post out of another system's archive.
struct OldPost {
  std::string message;       // LF line ends, unquoted
  std::string sender;        // of its envelope, "" = not known
  UnixTime received = 0;     // 0 = not known
  std::size_t repaired = 0;  // lines inside it that looked like the beginning of another
};

constexpr std::size_t kMaxPostOctets = 64 * 1024 * 1024;

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
