#include "lists/effects/pending.h"

#include <algorithm>

#include "auth/fingerprint.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::array kRulings = {Settlement::approve, Settlement::reject, Settlement::discard};

// Under which `majlis trace` finds it, too.
std::string ruling_key(std::string_view list, std::string_view id) {
  return "held:" + std::string(list) + ":" + std::string(id);
}

// "VERDICT by=ADDRESS"
std::string text_of(const Ruling& ruling) {
  return std::string(words_for(ruling.settlement).verdict) + " by=" + ruling.by;
}

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kHoldsAtOnce = 1000;
constexpr std::size_t kMaxSlices = 10'000;
constexpr std::size_t kNoticeIdOctets = 16;
constexpr std::string_view kScheduled = "holds_scheduled";
constexpr std::uint64_t kUpToDate = 3;  // 1: they have their items; 2: and an index by id; 3: and one by author

store::DueItem expiry_of(const store::PendingItem& waiting) {
  store::DueItem item;
  item.kind = kHoldExpiry;
  item.list = waiting.list;
  item.id = waiting.id;
  item.due = waiting.expires;
  return item;
}

Status schedule_old_hold(store::Writer& state, const store::PendingItem& post, UnixTime now) {
  Result<std::optional<store::DueItem>> there = state.find_due_item(kHoldExpiry, post.list, post.id);
  if (!there) return there.error();
  if (*there) return {};
  store::DueItem item = expiry_of(post);
  item.due = std::max(item.due, now + kDay);
  Status done = state.schedule(item, now);
  return done ? schedule_hold_summary(state, post.list, now) : done;
}

}  // namespace

SettlementWords words_for(Settlement settlement) {
  switch (settlement) {
    case Settlement::approve: return {"accept", "moderator"};
    case Settlement::reject: return {"reject", "moderator"};
    case Settlement::discard: return {"discard", "moderator"};
    case Settlement::confirmed: return {"accept", "challenge"};
    case Settlement::superseded: return {"discard", "resubmitted"};
    case Settlement::expire: return {"discard", "hold_days"};
  }
  return {};
}

void note_ruling(Work& work, const store::PendingItem& item, const Ruling& ruling) {
  if (!ruling.by.empty()) work.note(ruling_key(item.list, item.id), text_of(ruling));
}

Result<std::optional<FormerRuling>> former_ruling(const store::View& state, const List& list, std::string_view id) {
  Result<std::vector<store::TraceEvent>> events = state.trace(ruling_key(list.address(), id), 1);
  if (!events) return events.error();
  for (const Settlement settlement : kRulings) {
    const std::string begin = text_of({.settlement = settlement});
    if (events->empty() || !events->front().text.starts_with(begin)) continue;
    return std::optional(FormerRuling{settlement, events->front().text.substr(begin.size()), events->front().time});
  }
  return std::optional<FormerRuling>();
}

std::optional<Claim> claim_of(const store::PendingItem& item, UnixTime now) {
  if (item.claimed_by.empty() || item.claimed_until <= now) return std::nullopt;
  return Claim{item.claimed_by, item.claimed_until};
}

std::string by_words(const std::string& by) { return by.empty() ? "" : " by=" + by; }

std::string pending_id(const Site& site, const List& list, std::string_view what, UnixTime now) {
  const auth::SecretKey& key = site.keys().front();
  return hex(auth::keyed_fingerprint(key, {"held", list.address(), std::to_string(now), what}))
      .substr(0, kPendingIdOctets);
}

std::string notice_message_id(const List& list, std::string_view id) {
  const std::string digest = hex(auth::fingerprint({"notice", list.address(), id}).substr(0, kNoticeIdOctets));
  return "<" + digest + ".held@" + list.name().domain() + ">";
}

UnixTime pending_until(const List& list, UnixTime now) {
  return now + list.config().integer(Setting::hold_days) * kDay;
}

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

Status add_pending(Work& work, const store::PendingItem& item) {
  Status done = work.state().put_pending(item);
  if (done) done = work.state().schedule(expiry_of(item), work.now());
  return done ? schedule_hold_summary(work.state(), item.list, work.now()) : done;
}

Status remove_pending(Work& work, const store::PendingItem& item) {
  Result<bool> gone = work.state().remove_pending(item.list, item.id);
  if (gone) gone = work.state().unschedule(kHoldExpiry, item.list, item.id);
  if (!gone) return gone.error();
  return {};
}

Status schedule_old_holds(store::Writer& state, UnixTime now) {
  Result<std::uint64_t> scheduled = state.fact(kScheduled);
  if (!scheduled) return scheduled.error();
  if (*scheduled >= kUpToDate) return {};
  std::optional<store::PendingItem> last;
  for (std::size_t slice = 0; slice < kMaxSlices; ++slice) {
    Result<std::vector<store::PendingItem>> posts = state.pending_items("", kHoldsAtOnce, last ? &*last : nullptr);
    if (!posts) return posts.error();
    Status done;
    for (const store::PendingItem& post : *posts) {
      if (done) done = schedule_old_hold(state, post, now);
      if (done) done = state.put_pending(post);  // with its rows in the indexes
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
