#include "lists/rounds/timed_clock.h"

#include <algorithm>

#include "base/log.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;
constexpr UnixTime kLeap = 2 * kDay;       // more between two runs: the machine was off, or its clock is wrong
constexpr UnixTime kWorthWriting = kHour;  // a look that moves less is not remembered: no write for every run
constexpr std::size_t kItemsAtOnce = 1000;
constexpr std::size_t kMaxSlices = 100;  // the next run goes on

constexpr std::string_view kSeen = "clock_seen";
constexpr std::string_view kDoubtedUntil = "clock_doubted_until";

Result<ClockSight> remembered(const store::View& state) {
  Result<std::uint64_t> seen = state.fact(kSeen);
  if (!seen) return seen.error();
  Result<std::uint64_t> until = state.fact(kDoubtedUntil);
  if (!until) return until.error();
  return ClockSight{static_cast<UnixTime>(*seen), static_cast<UnixTime>(*until)};
}

Result<ClockSight> read_sight(const Site& site) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  return remembered(**reader);
}

Status remember(const Site& site, const ClockSight& sight) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  Status done = (*state)->set_fact(kSeen, static_cast<std::uint64_t>(sight.seen));
  if (done) done = (*state)->set_fact(kDoubtedUntil, static_cast<std::uint64_t>(sight.doubted_until));
  return done ? (*state)->commit() : done;
}

// When an item is due by the clock as it is now; nothing: as before.
using NewDue = std::function<std::optional<UnixTime>(const store::DueItem& item)>;

// One slice of items, in its own transaction; false at the end.
Result<bool> move_slice(const Site& site, UnixTime now, const NewDue& new_due, std::optional<store::DueItem>& behind) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  Result<std::vector<store::DueItem>> items = (*state)->scheduled_items(behind ? &*behind : nullptr, kItemsAtOnce);
  if (!items) return items.error();
  bool moved = false;
  for (store::DueItem& item : *items) {
    const std::optional<UnixTime> due = new_due(item);
    if (!due) continue;
    item.due = *due;
    Result<bool> done = (*state)->move_item(item, now);
    if (!done) return done.error();
    moved = true;
  }
  if (moved) {
    Status done = (*state)->commit();
    if (!done) return done.error();
  }
  if (items->size() < kItemsAtOnce) return false;
  behind = std::move(items->back());
  return true;
}

// ok: every item was looked at.
Result<bool> move_items(const Site& site, UnixTime now, const NewDue& new_due) {
  std::optional<store::DueItem> behind;
  for (std::size_t slice = 0; slice < kMaxSlices; ++slice) {
    Result<bool> more = move_slice(site, now, new_due, behind);
    if (!more) return more.error();
    if (!*more) return true;
  }
  return false;
}

// A moved item counts as scheduled now, so none is moved twice.
Result<bool> follow(const Site& site, UnixTime now, ClockMove move, UnixTime seen,
                    const std::function<bool(std::string_view)>& rests) {
  if (move == ClockMove::steady) return true;
  return move_items(site, now, [&](const store::DueItem& item) -> std::optional<UnixTime> {
    if (move == ClockMove::set_back && item.scheduled > now) return item.due - (item.scheduled - now);
    const bool is_put_off = move == ClockMove::leapt && rests(item.kind) && item.scheduled <= now - kLeap;
    return is_put_off ? std::optional(item.due + (now - std::max(seen, item.scheduled))) : std::nullopt;
  });
}

Result<ClockTrust> look(const Site& site, UnixTime now, const std::function<bool(std::string_view)>& rests) {
  Result<ClockSight> before = read_sight(site);
  if (!before) return before.error();
  const ClockFinding finding = judge_clock(*before, now);
  if (finding.move != ClockMove::steady) {
    log(Severity::warning, LogLine("clock")
                               .with("move", finding.move == ClockMove::leapt ? "leapt" : "set_back")
                               .with("seconds", now - before->seen));
  }
  Result<bool> settled = follow(site, now, finding.move, before->seen, rests);
  if (!settled) return settled.error();
  if (*settled && finding.sight != *before) {
    Status kept = remember(site, finding.sight);
    if (!kept) return kept.error();
  }
  return finding.trust;
}

}  // namespace

ClockFinding judge_clock(const ClockSight& before, UnixTime now) {
  ClockFinding finding{ClockMove::steady, before, ClockTrust::trusted};
  if (before.seen != 0 && now - before.seen > kLeap) finding.move = ClockMove::leapt;
  if (now < before.seen - kWorthWriting) finding.move = ClockMove::set_back;
  // A doubt from a time that is not yet says nothing about this one.
  if (before.doubted_until > now + kDay || finding.move == ClockMove::set_back) finding.sight.doubted_until = 0;
  if (finding.move == ClockMove::leapt) finding.sight.doubted_until = now + kDay;
  if (finding.sight.doubted_until > now) finding.trust = ClockTrust::doubted;
  if (finding.move != ClockMove::steady || now - before.seen >= kWorthWriting) finding.sight.seen = now;
  return finding;
}

ClockTrust look_at_clock(const Site& site, UnixTime now, const std::function<bool(std::string_view kind)>& rests) {
  Result<ClockTrust> trust = look(site, now, rests);
  if (trust) return *trust;
  log(Severity::warning, LogLine("clock").with(trust.error()));
  return ClockTrust::doubted;
}

}  // namespace majlis::lists
