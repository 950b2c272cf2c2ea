#include "lists/posts/held/hold_expiry.h"

#include <algorithm>
#include <tuple>

#include "lists/effects/letters.h"
#include "lists/posts/held/moderation.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kMaxCounted = 1000;
constexpr std::size_t kMaxShown = 50;
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

Status schedule_summary(store::Writer& state, const std::string& list, UnixTime now) {
  Result<std::optional<store::DueItem>> there = state.find_due_item(kHoldSummary, list, "");
  if (!there) return there.error();
  if (*there) return {};
  store::DueItem item;
  item.kind = kHoldSummary;
  item.list = list;
  item.due = now + kDay;
  return state.schedule(item, now);
}

Status schedule_old_hold(store::Writer& state, const store::HeldPost& post, UnixTime now) {
  Result<std::optional<store::DueItem>> there = state.find_due_item(kHoldExpiry, post.list, post.id);
  if (!there) return there.error();
  if (*there) return {};
  store::DueItem item = expiry_of(post);
  item.due = std::max(item.due, now + kDay);
  Status done = state.schedule(item, now);
  return done ? schedule_summary(state, post.list, now) : done;
}

std::string shown(const Work& work, const List& list, const store::HeldPost& post) {
  return render_text(work.site(), list.config().text(Setting::language), "part_held_post",
                     {{"author", post.sender.empty() ? "?" : post.sender},
                      {"subject", post.subject},
                      {"size", std::to_string(post.size_octets)},
                      {"reason", post.reason},
                      {"held", iso8601(post.held).substr(0, 10)},
                      {"expires", iso8601(post.expires).substr(0, 10)},
                      {"token", moderation_word(work.site(), post)}})
      .body;
}

}  // namespace

Status schedule_hold(Work& work, const List& list, const store::HeldPost& post) {
  Status done = work.state().schedule(expiry_of(post), work.now());
  return done ? schedule_summary(work.state(), list.address(), work.now()) : done;
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

Status expire_hold(Work& work, const List& list, const store::DueItem& item) {
  Status settled = settle_held(work, list, item.id, Settlement::expire, "");
  // Somebody decided, and the item was left: nothing to do.
  return !settled && settled.error().kind == ErrorKind::refused ? Status() : settled;
}

Status remind_of_holds(Work& work, const List& list, const store::DueItem& item) {
  Result<std::vector<store::HeldPost>> posts = work.state().held_posts(list.address(), kMaxCounted);
  if (!posts) return posts.error();
  if (posts->empty()) return {};
  std::sort(posts->begin(), posts->end(), [](const store::HeldPost& left, const store::HeldPost& right) {
    return std::tie(left.held, left.id) < std::tie(right.held, right.id);
  });
  std::string blocks;
  const std::size_t shown_count = std::min(posts->size(), kMaxShown);
  for (std::size_t i = 0; i < shown_count; ++i) blocks += shown(work, list, (*posts)[i]);
  Correspondence letter;
  letter.text_name = "hold_summary";
  letter.values = {{"count", std::to_string(posts->size())},
                   {"shown", std::to_string(shown_count)},
                   {"posts", blocks},
                   {"server", list.role_address("request")}};
  letter.to = list.moderators();
  letter.reply_to = list.role_address("request");
  send_letter(work, list, letter);
  work.log_when_done(
      LogLine("held").with("list", list.address()).with("waiting", static_cast<std::int64_t>(posts->size())));
  return schedule_summary(work.state(), item.list, work.now());
}

}  // namespace majlis::lists
