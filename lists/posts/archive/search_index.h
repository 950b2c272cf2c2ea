#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"
#include "lists/posts/archive/archive_order.h"
#include "lists/site/list.h"
#include "search/text_index.h"

// By which words posts of a list's archive are found: archive/search.db (doc/ARCHIVE.md). Derived data, as the indexes
// of the months, behind which it follows.
namespace majlis::lists {

constexpr std::string_view kSearchIndex = "search_index";  // one item a list

// What the archive has is to be found soon; by a file made anew where the one that is there is `damaged`.
Status schedule_search_index(Work& work, const List& list, bool is_damaged = false);

// Before the site's lock is taken: adds posts that the indexes of the months have and this one lacks, as many as one
// run may read, and keeps what it has when it is killed. A damaged file, or one about other posts, is taken away. The
// word it returns is for finish_search_index().
Result<std::string> extend_search_index(const Site& site, const List& list, const store::DueItem& item);

// Timed work: goes on where more is to be read.
Status finish_search_index(Work& work, const List& list, const store::DueItem& item);

struct FoundPost {
  std::uint64_t number;  // for GETPOST
  std::string day;       // "2026-11-24"
  std::string author;
  std::string subject;
};
struct FoundPosts {
  std::vector<FoundPost> posts;  // the latest first
  bool are_more = false;
  bool is_whole = false;  // every post that has a number was looked at
};
// refused: the question takes too long; any other Error: the archive cannot be searched now.
Result<FoundPosts> search_archive(const List& list, const ArchiveOrder& order, const search::Query& query,
                                  std::size_t max);

}  // namespace majlis::lists
