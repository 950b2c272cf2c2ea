#include "lists/posts/archive/index_lines.h"

#include <fcntl.h>

#include "base/text.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/index_head.h"
#include "mail/mbox.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kPieceOctets = 256 * 1024;
constexpr std::size_t kMaxLineOctets = 16 * 1024;  // no field of a line is longer than a few hundred octets

std::optional<ArchivedPost> parse_line(std::string_view line) {
  const std::vector<std::string_view> fields = split_at(line, '\t');
  if (fields.size() != 7) return std::nullopt;
  const auto in_month = parse_number(fields[0]);
  const auto offset = parse_number(fields[5]);
  const auto octets = parse_number(fields[6]);
  if (!in_month || !offset || !octets) return std::nullopt;
  ArchivedPost post;
  post.in_month = *in_month;
  post.received = fields[1];
  post.author = fields[2];
  post.subject = fields[3];
  post.message_id = fields[4];
  post.offset = *offset;
  post.octets = *octets;
  return post;
}

}  // namespace

IndexLines::IndexLines(UniqueFd fd, std::string path, std::string month)
    : fd_(std::move(fd)), path_(std::move(path)), month_(std::move(month)), at_(kIndexHeadOctets) {}

Result<IndexLines> IndexLines::open(const List& list, const std::string& month) {
  std::string path = archive_file(list, month, kArchiveIndexEnding);
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return fd.error();
  return IndexLines(std::move(*fd), std::move(path), month);
}

Result<std::optional<ArchivedPost>> IndexLines::next() {
  std::size_t end = piece_.find('\n', used_);
  if (end == std::string::npos) {
    Result<std::string> more = read_piece(fd_.get(), at_, kPieceOctets, path_);
    if (!more) return more.error();
    at_ += more->size();
    piece_.erase(0, used_);
    used_ = 0;
    piece_ += *more;
    if (piece_.empty()) return std::optional<ArchivedPost>();
    end = piece_.find('\n');
  }
  const std::string_view line = std::string_view(piece_).substr(used_, std::min(end, piece_.size()) - used_);
  std::optional<ArchivedPost> post =
      end == std::string::npos || line.size() > kMaxLineOctets ? std::nullopt : parse_line(line);
  if (!post || post->in_month != read_ + 1) {
    return Error{ErrorKind::damaged, "lists: " + path_ + ": line " + std::to_string(read_ + 2) + " is none"};
  }
  ++read_;
  used_ = end + 1;
  post->month = month_;
  return post;
}

Result<std::string> read_archived_post(const List& list, const ArchivedPost& post, std::uint64_t max_octets) {
  const std::string path = archive_file(list, post.month, kMboxEnding);
  if (post.octets > max_octets) return Error{ErrorKind::refused, "lists: " + path + ": a post is too large"};
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return fd.error();
  Result<std::string> entry = read_piece(fd->get(), post.offset, post.octets, path);
  if (!entry) return entry.error();
  std::optional<std::string> message = mail::message_of_mbox_entry(*entry);
  if (entry->size() != post.octets || !message) {
    return Error{ErrorKind::damaged, "lists: " + path + ": no post at octet " + std::to_string(post.offset)};
  }
  return std::move(*message);
}

}  // namespace majlis::lists
