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

  // Without its line end (LF or CRLF), good until the next call; nullopt at the end. refused: a line is longer than a
  // post may be.
  Result<std::optional<std::string_view>> next();
  const std::string& path() const { return path_; }

 private:
  LineFile(UniqueFd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
  Result<bool> fill();

  UniqueFd fd_;
  std::string path_;
  std::string window_;
  std::size_t used_ = 0;
  bool is_at_end_ = false;
};

}  // namespace majlis::foreign
