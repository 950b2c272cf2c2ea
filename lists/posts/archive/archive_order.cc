#include "lists/posts/archive/archive_order.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/index_head.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMonthsLookedAt = 4;  // a digest waits 90 days at most

// Of the month's file: what the store counts, or less where somebody has cut it.
Result<std::uint64_t> octets_of(const store::View& state, const List& list, const std::string& month) {
  Result<std::uint64_t> committed = state.archive_octets(list.address(), month);
  if (!committed || *committed == 0) return committed;
  struct stat status {};
  if (stat(archive_file(list, month, kMboxEnding).c_str(), &status) != 0) return std::uint64_t{0};
  return std::min(*committed, static_cast<std::uint64_t>(status.st_size));
}

using PostsById = std::map<std::string, ArchivedPost>;  // number 0: not found yet

bool are_all_found(const PostsById& found) {
  return std::all_of(found.begin(), found.end(), [](const auto& post) { return post.second.number > 0; });
}

// The last of each name that was not found in a later month.
Status search_month(const List& list, const ArchiveMonth& month, PostsById& found) {
  Result<IndexLines> lines = IndexLines::open(list, month.month);
  if (!lines) return lines.error();
  for (;;) {
    Result<std::optional<ArchivedPost>> post = lines->next();
    if (!post) return post.error();
    if (!*post) return {};
    (*post)->number = month.before + (*post)->in_month;
    const auto wanted = found.find((*post)->message_id);
    if (wanted == found.end() || wanted->second.number > month.before + month.posts) continue;
    wanted->second = std::move(**post);
  }
}

}  // namespace

Result<ArchiveOrder> archive_order(const store::View& state, const List& list) {
  Result<std::vector<std::string>> months = archive_months(list);
  if (!months) return months.error();
  ArchiveOrder order;
  for (const std::string& month : *months) {
    Result<std::uint64_t> octets = octets_of(state, list, month);
    if (!octets) return octets.error();
    if (*octets == 0) continue;
    const std::optional<IndexHead> head = read_index_head(archive_file(list, month, kArchiveIndexEnding));
    if (head) {
      order.months.push_back({month, order.posts, head->posts});
      order.posts += head->posts;
    }
    if (head && head->octets >= *octets) continue;
    order.incomplete = month;
    break;
  }
  return order;
}

Result<std::vector<ArchivedPost>> find_archived(const List& list, const ArchiveOrder& order,
                                                std::span<const std::uint64_t> numbers) {
  std::vector<ArchivedPost> found;
  std::size_t wanted = 0;
  for (const ArchiveMonth& month : order.months) {
    if (wanted == numbers.size()) break;
    if (numbers[wanted] > month.before + month.posts) continue;
    Result<IndexLines> lines = IndexLines::open(list, month.month);
    if (!lines) return lines.error();
    while (wanted < numbers.size() && numbers[wanted] <= month.before + month.posts) {
      Result<std::optional<ArchivedPost>> post = lines->next();
      if (!post) return post.error();
      if (!*post) break;  // another run has begun the index anew
      (*post)->number = month.before + (*post)->in_month;
      if ((*post)->number != numbers[wanted]) continue;
      found.push_back(std::move(**post));
      ++wanted;
    }
  }
  return found;
}

Result<std::vector<std::optional<ArchivedPost>>> find_archived_ids(const List& list, const ArchiveOrder& order,
                                                                   std::span<const std::string> message_ids) {
  PostsById found;
  for (const std::string& id : message_ids) {
    if (!id.empty()) found.try_emplace(id);
  }
  const std::size_t skipped = order.months.size() - std::min(order.months.size(), kMonthsLookedAt);
  for (std::size_t i = order.months.size(); i > skipped && !are_all_found(found); --i) {
    Status searched = search_month(list, order.months[i - 1], found);
    if (!searched) return searched.error();
  }
  std::vector<std::optional<ArchivedPost>> posts;
  for (const std::string& id : message_ids) {
    const auto post = found.find(id);
    const bool is_there = post != found.end() && post->second.number > 0;
    posts.push_back(is_there ? std::optional(post->second) : std::nullopt);
  }
  return posts;
}

}  // namespace majlis::lists
