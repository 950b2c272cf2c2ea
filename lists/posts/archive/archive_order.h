#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lists/posts/archive/index_lines.h"
#include "lists/site/list.h"
#include "store/database.h"

// The numbers by which people ask for posts: 1, 2, 3 ... through all months of the archive, in order.
namespace majlis::lists {

struct ArchiveMonth {
  std::string month;
  std::uint64_t before = 0;  // posts of earlier months
  std::uint64_t posts = 0;   // as far as its index has them
};
struct ArchiveOrder {
  std::vector<ArchiveMonth> months;
  std::uint64_t posts = 0;  // that have a number
  // The first month whose index lacks posts: later months have no numbers until it has them. "": there is none.
  std::string incomplete;
};
// By the heads of the indexes: no post is read.
Result<ArchiveOrder> archive_order(const store::View& state, const List& list);

// The posts of these numbers, which rise; those that there are not are left out. An index is read up to the last of
// them.
Result<std::vector<ArchivedPost>> find_archived(const List& list, const ArchiveOrder& order,
                                                std::span<const std::uint64_t> numbers);

// For each Message-ID its post: the last of that name, looked for from the end of the archive through as many posts as
// a digest may have waited for. nullopt: not found.
Result<std::vector<std::optional<ArchivedPost>>> find_archived_ids(const List& list, const ArchiveOrder& order,
                                                                   std::span<const std::string> message_ids);

}  // namespace majlis::lists
