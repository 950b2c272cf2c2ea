#include "lists/posts/held/room.h"

#include "lists/posts/held/held_post.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxPending = 10'000;  // more than max_held_posts and the requests that may wait

struct HeldSum {
  std::uint64_t posts = 0;
  std::uint64_t octets = 0;
};

Result<HeldSum> sum_of_held(const store::View& state, const List& list) {
  Result<std::vector<store::PendingItem>> items = state.pending_items(list.address(), kMaxPending);
  if (!items) return items.error();
  HeldSum sum;
  for (const store::PendingItem& item : *items) {
    if (item.kind != store::kPendingPost) continue;
    Result<HeldPost> post = read_held_post(item);
    if (!post) return post.error();
    ++sum.posts;
    sum.octets += post->size_octets;
  }
  return sum;
}

}  // namespace

Result<std::optional<Reached>> ceiling_for_held(Work& work, const List& list, std::uint64_t octets) {
  Result<HeldSum> held = sum_of_held(work.state(), list);
  if (!held) return held.error();
  const auto most_posts = static_cast<std::uint64_t>(list.config().integer(Setting::max_held_posts));
  const auto most_octets = static_cast<std::uint64_t>(list.config().integer(Setting::max_held_octets));
  if (held->posts >= most_posts) return std::optional(Reached{Ceiling::held_posts, most_posts});
  if (held->octets + octets > most_octets) return std::optional(Reached{Ceiling::held_octets, most_octets});
  return std::optional<Reached>();
}

}  // namespace majlis::lists
