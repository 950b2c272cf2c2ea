#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lists/effects/work.h"
#include "lists/posts/archive/index_head.h"
#include "lists/site/list.h"

// What stands in a month of a list's archive: archive/YYYY-MM.idx beside archive/YYYY-MM.mbox, one line a post
// (doc/ARCHIVE.md has the grammar). Derived data: it can be made anew at any time.
namespace majlis::lists {

constexpr std::string_view kArchiveIndex = "archive_index";  // one item a list and month; the id is the month

// A post came into the archive: a few minutes later it stands in the index, together with what else came.
Status schedule_archive_index(Work& work, const List& list, std::string_view month);

// Timed work. Brings the index up to the archive's committed length, a part of a large file at a time; then that of one
// month that has none yet.
Status refresh_archive_index(Work& work, const List& list, const store::DueItem& item);

// Adds to an index file what lies in the mbox file before octet `committed`, as long as no more than `max_octets` were
// read (one post at least), and replaces it at one blow. An index that is damaged, or says more than there is, is begun
// anew. Memory does not grow with either file.
struct IndexState {
  IndexHead head;
  bool is_complete = false;  // all that there is stands in it
};
Result<IndexState> extend_index(const std::string& mbox_path, const std::string& index_path, std::uint64_t committed,
                                std::uint64_t max_octets);

// The same for a month of the list, as far as the store counts it; at most some megabytes of mail. missing: there is
// none.
Result<IndexState> extend_index_of_month(const store::View& state, const List& list, const std::string& month);

}  // namespace majlis::lists
