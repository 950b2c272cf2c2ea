#include "lists/rounds/timed_work.h"

#include <algorithm>

#include "auth/secret_file.h"
#include "base/text.h"
#include "lists/effects/kept_request.h"
#include "lists/effects/removals.h"
#include "lists/effects/served_off.h"
#include "lists/members/bounces/owner_report.h"
#include "lists/members/bounces/suspension.h"
#include "lists/members/renewal.h"
#include "lists/pending/settle.h"
#include "lists/pending/summary.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/archive/search_index.h"
#include "lists/posts/digests/digest_issue.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kFingerprintOctets = 16;
constexpr UnixTime kFirstDelay_s = 15 * 60;
constexpr UnixTime kLongestDelay_s = 24 * 3600;
constexpr std::uint32_t kMaxDoublings = 7;  // 15 minutes to a day

std::string fingerprint_for(const store::DueItem& item) {
  return auth::fingerprint({"timed", item.kind, item.list, item.id, std::to_string(item.serial)})
      .substr(0, kFingerprintOctets);
}

UnixTime delay_after(std::uint32_t tries) {
  return std::min(kFirstDelay_s << std::min(tries, kMaxDoublings), kLongestDelay_s);
}

LogLine line_for(const store::DueItem& item) {
  return LogLine("timed").with("kind", item.kind).with("list", item.list).with("id", item.id);
}

// Another run may have done the item, or somebody moved it, since it was read.
Result<bool> is_as_read(const store::Writer& state, const store::DueItem& item) {
  Result<std::optional<store::DueItem>> found = state.find_due_item(item.kind, item.list, item.id);
  if (!found) return found.error();
  return found->has_value() && (*found)->serial == item.serial;
}

Result<List> list_of(const Site& site, const store::DueItem& item) {
  const std::size_t at = item.list.rfind('@');
  const auto name = at == std::string::npos ? std::nullopt
                                            : ListName::parse(std::string_view(item.list).substr(0, at),
                                                              std::string_view(item.list).substr(at + 1));
  if (!name) return Error{ErrorKind::missing, "lists: timed work: no list " + item.list};
  return List::open(site, *name);
}

Status do_item(const Site& site, const TimedWork& row, store::DueItem item, UnixTime now) {
  const bool is_list_needed = row.function != nullptr;
  Result<List> list = is_list_needed ? list_of(site, item) : Result<List>(Error{ErrorKind::missing, ""});
  const bool is_gone = is_list_needed && !list && list.error().kind == ErrorKind::missing;
  if (is_list_needed && !list && !is_gone) return list.error();
  if (row.preparation != nullptr && list) {
    Result<std::string> prepared = row.preparation(site, *list, item);
    if (!prepared) return prepared.error();
    item.value = std::move(*prepared);
  }
  Result<Work> work = Work::begin(site, fingerprint_for(item), now);
  if (!work) return work.error();
  Result<bool> ours = is_as_read(work->state(), item);
  if (!ours) return ours.error();
  if (!*ours) return {};
  Result<bool> taken = work->state().unschedule(item.kind, item.list, item.id);
  if (!taken) return taken.error();
  Status done;
  if (is_gone) {
    work->log_when_done(line_for(item).with("verdict", "dropped").with("why", "the list is gone"));
  } else if (is_list_needed) {
    done = row.function(*work, *list, item);
  }
  return done ? finish_unrepeated(std::move(*work), item.list, item.kind) : done;
}

Status postpone(const Site& site, store::DueItem item, UnixTime now) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  item.due = now + delay_after(item.tries);
  ++item.tries;
  Result<bool> moved = (*state)->move_item(item, now);
  if (!moved) return moved.error();
  return *moved ? (*state)->commit() : Status();
}

void report(Status problem, const store::DueItem& item) {
  if (!problem) log(Severity::warning, line_for(item).with(problem.error()));
}

Result<std::vector<store::DueItem>> find_items(const Site& site, std::string_view kind, UnixTime now, std::size_t max) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  return (*reader)->due_items(kind, now, max);
}

// Has any row something to do? One opening of the store for all of them: there rarely is.
Result<bool> is_anything_due(const Site& site, std::span<const TimedWork> table, UnixTime now) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  for (const TimedWork& row : table) {
    Result<std::vector<store::DueItem>> first = (*reader)->due_items(row.kind, now, 1);
    if (!first || !first->empty()) return !first ? Result<bool>(first.error()) : Result<bool>(true);
  }
  return false;
}

bool ends_waiting(std::span<const TimedWork> table, std::string_view kind) {
  return std::any_of(table.begin(), table.end(),
                     [&](const TimedWork& row) { return row.kind == kind && row.harm == Harm::ends_waiting; });
}

// Where two items of a list are due at once, the order of these rows decides.
constexpr TimedWork kTable[] = {
    {kRemovals, finish_removals, Harm::none},
    {kHoldExpiry, expire_pending, Harm::discards},
    {kHoldSummary, remind_of_pending, Harm::none},
    {kDigest, send_digest, Harm::none},
    {kBounceLetter, remind_suspended_member, Harm::ends_waiting},
    {kRenewal, ask_for_renewals, Harm::discards},
    {kRenewalEnd, end_unrenewed, Harm::ends_waiting},
    {kArchiveIndex, refresh_archive_index, Harm::none},
    {kSearchIndex, finish_search_index, Harm::none, extend_search_index},
    {kOwnerReport, send_owner_report, Harm::none},
    {kKeptRequest, nullptr, Harm::discards},
    {kErrorsInRow, nullptr, Harm::none},
};

}  // namespace

std::span<const TimedWork> timed_work_table() { return kTable; }

ClockTrust do_timed_work(const Site& site, std::span<const TimedWork> table, UnixTime now, const TimedLimits& limits) {
  const UnixTime started = limits.clock ? limits.clock() : 0;
  const auto is_over = [&] { return limits.clock && limits.clock() - started >= limits.seconds; };
  const ClockTrust trust = look_at_clock(site, now, [&](std::string_view kind) { return ends_waiting(table, kind); });
  const Result<bool> is_due = is_anything_due(site, table, now);
  if (is_due && !*is_due) return trust;
  for (const TimedWork& row : table) {
    if (row.harm != Harm::none && trust == ClockTrust::doubted) continue;
    Result<std::vector<store::DueItem>> items = find_items(site, row.kind, now, limits.items);
    if (!items) {
      log(Severity::error, LogLine("timed").with("kind", row.kind).with(items.error()));
      continue;
    }
    for (const store::DueItem& item : *items) {
      if (is_over()) return trust;
      Status done = do_item(site, row, item, now);
      if (done) continue;
      report(done, item);
      report(postpone(site, item, now), item);
    }
  }
  return trust;
}

}  // namespace majlis::lists
