#include "foreign/source/line_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "foreign/source/post_reader.h"

namespace majlis::foreign {
namespace {

constexpr std::size_t kPieceOctets = 256 * 1024;

}  // namespace

Result<LineFile> LineFile::open(const std::string& path) {
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return fd.error();
  return LineFile(std::move(*fd), path);
}

// False: there is no more.
Result<bool> LineFile::fill() {
  window_.erase(0, used_);
  used_ = 0;
  const std::size_t before = window_.size();
  window_.resize(before + kPieceOctets);
  ssize_t got = -1;
  do {
    got = read(fd_.get(), window_.data() + before, kPieceOctets);
  } while (got < 0 && errno == EINTR);
  window_.resize(before + static_cast<std::size_t>(got < 0 ? 0 : got));
  if (got < 0) return error_from_errno("foreign: read " + path_, errno);
  return got > 0;
}

// What is left of the line.
Status LineFile::skip_line() {
  is_inside_line_ = false;
  std::size_t end = window_.find('\n', used_);
  while (end == std::string::npos && !is_at_end_) {
    used_ = window_.size();
    Result<bool> more = fill();
    if (!more) return more.error();
    is_at_end_ = !*more;
    end = window_.find('\n');
  }
  used_ = end == std::string::npos ? window_.size() : end + 1;
  return {};
}

Result<std::optional<std::string_view>> LineFile::next() {
  if (Status skipped = is_inside_line_ ? skip_line() : Status(); !skipped) return skipped.error();
  std::size_t end = window_.find('\n', used_);
  while (end == std::string::npos && !is_at_end_) {
    const std::size_t looked_at = window_.size() - used_;
    if (looked_at > kMaxPostOctets) {
      is_inside_line_ = true;
      return std::optional<std::string_view>(std::string_view(window_).substr(used_));
    }
    Result<bool> more = fill();
    if (!more) return more.error();
    is_at_end_ = !*more;
    end = window_.find('\n', used_ + looked_at);
  }
  if (end == std::string::npos && used_ == window_.size()) return std::optional<std::string_view>();
  std::string_view line = std::string_view(window_).substr(used_, end == std::string::npos ? end : end - used_);
  used_ = end == std::string::npos ? window_.size() : end + 1;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return std::optional<std::string_view>(line);
}

}  // namespace majlis::foreign
