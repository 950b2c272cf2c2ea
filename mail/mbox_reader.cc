#include "mail/mbox_reader.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kMark = "From ";
constexpr std::string_view kNextMark = "\nFrom ";  // inside an entry such a line begins with '>'
constexpr std::size_t kOverlap = kNextMark.size() - 1;
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::size_t kDateOctets = 24;  // "Tue Nov 24 00:12:01 2026"

}  // namespace

MboxReader::MboxReader(int fd, std::string name, std::uint64_t begin, std::uint64_t end, std::size_t window_octets)
    : fd_(fd),
      name_(std::move(name)),
      at_(begin),
      end_(end),
      window_octets_(std::max(window_octets, 2 * kNextMark.size())) {}

// What there is from `at` on: up to the end, or at least kNextMark's octets.
Result<std::string_view> MboxReader::view_from(std::uint64_t at) {
  const std::uint64_t left = end_ - at;
  const bool is_inside = at >= window_begin_ && at < window_begin_ + window_.size();
  const std::uint64_t known = is_inside ? window_begin_ + window_.size() - at : 0;
  if (known < std::min<std::uint64_t>(left, kNextMark.size())) {
    window_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, window_octets_)));
    window_begin_ = at;
    for (std::size_t filled = 0; filled < window_.size();) {
      const ssize_t got = pread(fd_, window_.data() + filled, window_.size() - filled, static_cast<off_t>(at + filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return error_from_errno("mail: read " + name_, errno);
      if (got == 0) return Error{ErrorKind::damaged, "mail: " + name_ + ": it is shorter than it should be"};
      filled += static_cast<std::size_t>(got);
    }
  }
  return std::string_view(window_).substr(static_cast<std::size_t>(at - window_begin_));
}

Result<std::optional<MboxEntry>> MboxReader::next() {
  if (at_ >= end_) return std::optional<MboxEntry>();
  MboxEntry entry;
  entry.offset = at_;
  std::uint64_t behind_head = at_;  // what was put into the head reaches to here
  for (std::uint64_t from = at_; entry.octets == 0;) {
    Result<std::string_view> view = view_from(from);
    if (!view) return view.error();
    const std::size_t found = view->find(kNextMark);
    const std::uint64_t view_end = from + view->size();
    const std::uint64_t end = found == std::string_view::npos ? view_end : from + found + 1;
    if (behind_head < end) {
      const std::uint64_t room = kMaxMboxHeadOctets - entry.head.size();
      entry.head += view->substr(static_cast<std::size_t>(behind_head - from),
                                 static_cast<std::size_t>(std::min(room, end - behind_head)));
      behind_head = end;
    }
    if (found != std::string_view::npos || view_end >= end_) {
      entry.octets = end - entry.offset;
    } else {
      from = view_end - kOverlap;
    }
  }
  entry.head.resize(std::min<std::uint64_t>(entry.head.size(), entry.octets));
  at_ = entry.offset + entry.octets;
  return std::optional<MboxEntry>(std::move(entry));
}

std::string received_time_of(std::string_view entry_head) {
  const std::string_view line = entry_head.substr(0, entry_head.find('\n'));
  if (!line.starts_with(kMark) || line.size() < kMark.size() + kDateOctets) return {};
  const std::string_view date = line.substr(line.size() - kDateOctets);
  const std::size_t month = kMonths.find(date.substr(4, 3));
  const bool is_date = month != std::string_view::npos && month % 3 == 0 && parse_number(date.substr(8, 2)) &&
                       date[13] == ':' && date[16] == ':' && parse_number(date.substr(20, 4));
  if (!is_date) return {};
  std::array<char, 4> digits{};
  std::snprintf(digits.data(), digits.size(), "%02u", static_cast<unsigned>(month / 3 + 1));
  return std::string(date.substr(20, 4)) + "-" + digits.data() + "-" + std::string(date.substr(8, 2)) + "T" +
         std::string(date.substr(11, 8)) + "Z";
}

}  // namespace majlis::mail
