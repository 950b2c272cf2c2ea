#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "lists/site/list.h"

namespace majlis::lists {

// A post of the archive, as the index of its month has it (doc/ARCHIVE.md).
struct ArchivedPost {
  std::string month;
  std::uint64_t in_month = 0;  // 1, 2, 3 ...
  std::uint64_t number = 0;    // in the whole archive, where the reader knows what came before; else 0
  std::string received;        // "2026-11-24T00:12:01Z", or empty
  std::string author;
  std::string subject;
  std::string message_id;
  std::uint64_t offset = 0;  // of its entry in the month's mbox file
  std::uint64_t octets = 0;
};

// Reads the index of a month line by line, in pieces of bounded size.
class IndexLines {
 public:
  static Result<IndexLines> open(const List& list, const std::string& month);

  // nullopt at the end; damaged where a line is none, or not the next one.
  Result<std::optional<ArchivedPost>> next();

 private:
  IndexLines(UniqueFd fd, std::string path, std::string month);

  UniqueFd fd_;
  std::string path_;
  std::string month_;
  std::uint64_t at_;
  std::uint64_t read_ = 0;  // lines
  std::string piece_;
  std::size_t used_ = 0;
};

// The message itself, as it was sent. damaged when the file does not have it there; refused when it has more octets
// than `max_octets`.
Result<std::string> read_archived_post(const List& list, const ArchivedPost& post, std::uint64_t max_octets);

}  // namespace majlis::lists
