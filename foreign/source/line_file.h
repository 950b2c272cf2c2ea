#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace majlis::foreign {

// A file line by line, whatever its size.
class LineFile {
 public:
  // No link, no pipe.
  static Result<LineFile> open(const std::string& path);

  // Without its line end (LF or CRLF), good until the next call; nullopt at the end. Of a line that is longer than a
  // post may be, as many octets as make a post too large.
  Result<std::optional<std::string_view>> next();

 private:
  LineFile(UniqueFd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
  Result<bool> fill();
  Status skip_line();

  UniqueFd fd_;
  std::string path_;
  std::string window_;
  std::size_t used_ = 0;
  bool is_at_end_ = false;
  bool is_inside_line_ = false;  // of which the rest is passed over
};

}  // namespace majlis::foreign
