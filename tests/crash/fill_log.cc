// Writers that leave a log file in which there is no room for the first record of the next process, 47 octets.
//
//   fill_log DB         one row a writer, to shortly before the end of a log file
//   fill_log DB end     the rows that are wanting; 1 when the last one missed the place
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>

#include "base/file.h"
#include "store/database.h"

namespace {

constexpr std::int64_t kLogOctets = 64 * 1024;
constexpr std::size_t kMaxFileOctets = 1024 * 1024;
constexpr std::int64_t kFirstRecordOctets = 47;
constexpr std::int64_t kNear = 3000;
constexpr std::int64_t kMaxRow = 900;
constexpr std::int64_t kSmallRow = 20;
constexpr int kMaxRows = 1000;
constexpr int kTimeout_ms = 1000;

// Behind the last record of the newest log file; a record's head has its octets at 4, and zeros follow the last.
std::optional<std::int64_t> room_left(const std::string& directory) {
  const auto names = majlis::list_directory(directory);
  if (!names) return std::nullopt;
  std::string newest;
  for (const std::string& name : *names) newest = name.starts_with("log.") ? name : newest;
  const auto log = majlis::read_file(directory + "/" + newest, kMaxFileOctets);
  if (!log) return std::nullopt;
  std::size_t end = 0;
  for (std::uint32_t octets = 1; octets > 0 && end + 8 <= log->size(); end += octets) {
    std::memcpy(&octets, log->data() + end + 4, sizeof octets);
  }
  return kLogOctets - static_cast<std::int64_t>(end);
}

bool write_row(const std::string& directory, std::int64_t octets) {
  auto writer = majlis::store::Writer::open(directory, kTimeout_ms);
  if (!writer) return false;
  static majlis::UnixTime now = 1000;
  const majlis::store::TraceEvent event{++now, "filler", std::string(static_cast<std::size_t>(octets), 'x')};
  return (*writer)->add_trace(event, now + 1'000'000'000).ok() && (*writer)->commit().ok();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string directory = argv[1];
  const bool to_the_end = argc > 2;
  std::int64_t cost = 0;  // of a row beside its own octets
  for (int i = 0; i < kMaxRows; ++i) {
    const std::optional<std::int64_t> room = room_left(directory);
    if (!room) return 1;
    if (!to_the_end && *room > kMaxRow && *room < kNear) return 0;
    const std::int64_t last = *room - cost - kFirstRecordOctets / 2;
    const bool is_last = to_the_end && cost > 0 && last >= 0 && last <= kMaxRow;
    const std::int64_t octets = is_last ? last : kSmallRow;
    if (!write_row(directory, octets)) return 1;
    const std::optional<std::int64_t> left = room_left(directory);
    if (!left) return 1;
    if (is_last && *left >= 0 && *left < kFirstRecordOctets) return 0;
    // A row that made pages part costs more than others, and may have begun another file: then that one is filled.
    cost = *left < *room ? *room - *left - octets : 0;
  }
  return 1;
}
