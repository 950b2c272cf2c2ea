#include "lists/posts/held/hold_schedule.h"

#include <algorithm>

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kHoldsAtOnce = 1000;
constexpr std::size_t kMaxSlices = 10'000;
constexpr std::string_view kScheduled = "holds_scheduled";
constexpr std::uint64_t kUpToDate = 2;  // 1: they have their items, and no index by id

store::DueItem expiry_of(const store::HeldPost& post) {
  store::DueItem item;
  item.kind = kHoldExpiry;
  item.list = post.list;
  item.id = post.id;
  item.due = post.expires;
  return item;
}

Status schedule_old_hold(store::Writer& state, const store::HeldPost& post, UnixTime now) {
  Result<std::optional<store::DueItem>> there = state.find_due_item(kHoldExpiry, post.list, post.id);
  if (!there) return there.error();
  if (*there) return {};
  store::DueItem item = expiry_of(post);
  item.due = std::max(item.due, now + kDay);
  Status done = state.schedule(item, now);
  return done ? schedule_hold_summary(state, post.list, now) : done;
}

}  // namespace

Status schedule_hold_summary(store::Writer& state, const std::string& list, UnixTime now) {
  Result<std::optional<store::DueItem>> there = state.find_due_item(kHoldSummary, list, "");
  if (!there) return there.error();
  if (*there) return {};
  store::DueItem item;
  item.kind = kHoldSummary;
  item.list = list;
  item.due = now + kDay;
  return state.schedule(item, now);
}

Status schedule_hold(Work& work, const List& list, const store::HeldPost& post) {
  Status done = work.state().schedule(expiry_of(post), work.now());
  return done ? schedule_hold_summary(work.state(), list.address(), work.now()) : done;
}

Status unschedule_hold(Work& work, const List& list, std::string_view id) {
  Result<bool> gone = work.state().unschedule(kHoldExpiry, list.address(), id);
  if (!gone) return gone.error();
  return {};
}

Status schedule_old_holds(store::Writer& state, UnixTime now) {
  Result<std::uint64_t> scheduled = state.fact(kScheduled);
  if (!scheduled) return scheduled.error();
  if (*scheduled >= kUpToDate) return {};
  std::optional<store::HeldPost> last;
  for (std::size_t slice = 0; slice < kMaxSlices; ++slice) {
    Result<std::vector<store::HeldPost>> posts = state.held_posts("", kHoldsAtOnce, last ? &*last : nullptr);
    if (!posts) return posts.error();
    Status done;
    for (const store::HeldPost& post : *posts) {
      if (done) done = schedule_old_hold(state, post, now);
      if (done) done = state.put_held(post);  // with its row in the index
    }
    const bool is_end = posts->size() < kHoldsAtOnce;
    if (done && is_end) done = state.set_fact(kScheduled, kUpToDate);
    if (done) done = state.commit();
    if (!done || is_end) return done;
    last = std::move(posts->back());
  }
  return {};
}

}  // namespace majlis::lists
