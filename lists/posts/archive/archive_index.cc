#include "lists/posts/archive/archive_index.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/checksum.h"
#include "base/file.h"
#include "base/text.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/search_index.h"
#include "mail/coding/decode.h"
#include "mail/mbox_reader.h"
#include "mail/message.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDelay = 5 * 60;
constexpr std::uint64_t kOctetsAtOnce = 16 * 1024 * 1024;  // read under the site's lock: some 20 ms
constexpr std::size_t kPieceOctets = 256 * 1024;
constexpr std::size_t kMaxAuthorOctets = 300;
constexpr std::size_t kMaxSubjectOctets = 500;
constexpr std::size_t kMaxMessageIdOctets = 300;

// So that a flipped digit of a number shows as well.
std::uint32_t sealed(std::uint32_t lines_checksum, const IndexHead& head) {
  return crc32c(std::to_string(head.octets) + " " + std::to_string(head.posts), lines_checksum);
}

// Tabs separate and cannot be in a field: what people do not read is \xNN.
std::string field(std::string_view text, std::size_t max_octets) { return printable_utf8(text, max_octets); }

std::string line_for(std::uint64_t number, const mail::MboxEntry& entry) {
  const mail::Message message = mail::Message::open(entry.head.substr(0, entry.head.find("\n\n")) + "\n\n");
  const std::string author = mail::decode_words(message.field("From").value_or(""));
  std::string line = std::to_string(number) + "\t" + mail::received_time_of(entry.head);
  line += "\t" + field(author, kMaxAuthorOctets) + "\t" + field(message.subject(), kMaxSubjectOctets);
  line += "\t" + field(message.message_id(), kMaxMessageIdOctets);
  return line + "\t" + std::to_string(entry.offset) + "\t" + std::to_string(entry.octets) + "\n";
}

// An index file in the making, beside the one that it will replace.
class NewIndex {
 public:
  static Result<NewIndex> open(const std::string& index_path) {
    const std::string path = index_path + ".new";
    Result<UniqueFd> fd = open_file(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (!fd) return fd.error();
    return NewIndex(std::move(*fd), path);
  }

  const IndexHead& head() const { return head_; }

  // The lines of the former index; false, and nothing is kept of it, when they are not what its head says.
  Result<bool> take_over(const std::string& index_path) {
    const std::optional<IndexHead> former = read_index_head(index_path);
    if (!former) return false;
    Result<UniqueFd> fd = open_file(index_path, O_RDONLY);
    if (!fd) return fd.error();
    for (;;) {
      Result<std::string> piece = read_piece(fd->get(), end_, kPieceOctets, index_path);
      if (!piece) return piece.error();
      if (piece->empty()) break;
      Status added = append(*piece);
      if (!added) return added.error();
    }
    const bool is_whole = sealed(lines_checksum_, *former) == former->checksum;
    if (is_whole) {
      head_ = *former;
    } else {
      begin_anew();
    }
    return is_whole;
  }

  void begin_anew() {
    head_ = {};
    lines_checksum_ = 0;
    end_ = kIndexHeadOctets;
    buffer_.clear();
  }

  Status add(const mail::MboxEntry& entry) {
    head_.octets = entry.offset + entry.octets;
    if (!entry.is_entry()) return {};
    ++head_.posts;
    buffer_ += line_for(head_.posts, entry);
    return buffer_.size() < kPieceOctets ? Status() : flush();
  }

  Status replace(const std::string& index_path) {
    Status done = flush();
    head_.checksum = sealed(lines_checksum_, head_);
    if (done) done = write_all_at(fd_.get(), head_line(head_), 0, path_);
    if (done && ftruncate(fd_.get(), static_cast<off_t>(end_)) != 0) {
      done = error_from_errno("lists: write " + path_, errno);
    }
    if (done) done = sync_file(fd_.get(), path_);
    if (done && rename(path_.c_str(), index_path.c_str()) != 0) {
      done = error_from_errno("lists: rename " + path_, errno);
    }
    return done;
  }

 private:
  NewIndex(UniqueFd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}

  Status append(std::string_view lines) {
    Status done = write_all_at(fd_.get(), lines, end_, path_);
    end_ += lines.size();
    lines_checksum_ = crc32c(lines, lines_checksum_);
    return done;
  }

  Status flush() {
    Status done = append(buffer_);
    buffer_.clear();
    return done;
  }

  UniqueFd fd_;
  std::string path_;
  IndexHead head_;
  std::uint32_t lines_checksum_ = 0;
  std::uint64_t end_ = kIndexHeadOctets;
  std::string buffer_;
};

// Whether the index goes on where an entry begins: another file may have come in the mbox file's place.
Result<bool> continues(int mbox, const std::string& mbox_path, std::uint64_t at, std::uint64_t committed) {
  if (at > committed) return false;
  if (at == committed) return true;
  constexpr std::string_view kFrom = "From ";
  Result<std::string> start = read_piece(mbox, at, kFrom.size(), mbox_path);
  if (!start) return start.error();
  return *start == kFrom;
}

// A month whose mbox file counts and that has no index file; "" when there is none.
Result<std::string> month_without_index(Work& work, const List& list) {
  Result<std::vector<std::string>> names = list_directory(archive_directory(list));
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!name.ends_with(kMboxEnding)) continue;
    const std::string month = name.substr(0, name.size() - kMboxEnding.size());
    if (std::binary_search(names->begin(), names->end(), month + std::string(kArchiveIndexEnding))) continue;
    Result<std::uint64_t> octets = work.state().archive_octets(list.address(), month);
    if (!octets) return octets.error();
    if (*octets > 0) return month;
  }
  return std::string();
}

Status schedule(Work& work, const List& list, std::string_view month, UnixTime due) {
  Result<std::optional<store::DueItem>> there = work.state().find_due_item(kArchiveIndex, list.address(), month);
  if (!there) return there.error();
  if (*there && (*there)->due <= due) return {};
  store::DueItem item;
  item.kind = kArchiveIndex;
  item.list = list.address();
  item.id = month;
  item.due = due;
  return work.state().schedule(item, work.now());
}

}  // namespace

Status schedule_archive_index(Work& work, const List& list, std::string_view month) {
  return schedule(work, list, month, work.now() + kDelay);
}

Result<IndexState> extend_index(const std::string& mbox_path, const std::string& index_path, std::uint64_t committed,
                                std::uint64_t max_octets) {
  Result<UniqueFd> mbox = open_file(mbox_path, O_RDONLY);
  if (!mbox) return mbox.error();
  struct stat status {};
  if (fstat(mbox->get(), &status) != 0) return error_from_errno("lists: stat " + mbox_path, errno);
  committed = std::min(committed, static_cast<std::uint64_t>(status.st_size));  // somebody may have cut it
  Result<NewIndex> index = NewIndex::open(index_path);
  if (!index) return index.error();
  Result<bool> taken = index->take_over(index_path);
  if (!taken) return taken.error();
  Result<bool> goes_on = continues(mbox->get(), mbox_path, index->head().octets, committed);
  if (!goes_on) return goes_on.error();
  if (!*goes_on) index->begin_anew();
  const std::uint64_t begin = index->head().octets;
  mail::MboxReader reader(mbox->get(), mbox_path, begin, committed);
  while (index->head().octets - begin < max_octets) {
    Result<std::optional<mail::MboxEntry>> entry = reader.next();
    if (!entry) return entry.error();
    if (!*entry) break;
    Status added = index->add(**entry);
    if (!added) return added.error();
  }
  Status replaced = index->replace(index_path);
  if (!replaced) return replaced.error();
  return IndexState{index->head(), index->head().octets == committed};
}

Result<IndexState> extend_index_of_month(const store::View& state, const List& list, const std::string& month) {
  Result<std::uint64_t> committed = state.archive_octets(list.address(), month);
  if (!committed) return committed.error();
  if (*committed == 0) return Error{ErrorKind::missing, "lists: " + list.address() + " has no archive of " + month};
  return extend_index(archive_file(list, month, kMboxEnding), archive_file(list, month, kArchiveIndexEnding),
                      *committed, kOctetsAtOnce);
}

Status refresh_archive_index(Work& work, const List& list, const store::DueItem& item) {
  Result<IndexState> index = extend_index_of_month(work.state(), list, item.id);
  if (!index && index.error().kind != ErrorKind::missing) return index.error();  // somebody took the file away
  if (index && !index->is_complete) return schedule(work, list, item.id, work.now());
  Result<std::string> other = month_without_index(work, list);
  if (!other) return other.error();
  return other->empty() ? schedule_search_index(work, list) : schedule(work, list, *other, work.now());
}

}  // namespace majlis::lists
