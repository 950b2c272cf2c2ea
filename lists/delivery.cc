#include "lists/delivery.h"

#include "base/clock.h"
#include "base/log.h"
#include "lists/catalogue.h"
#include "lists/work.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr int kLockTimeout_ms = 60'000;
constexpr std::size_t kForgetPerRun = 10'000;
constexpr std::uint32_t kGetsNoMail = store::kMemberNoMail | store::kMemberSuspended;

bool gets(const store::Member& member, const spool::RosterQuery& query) {
  return member.joined_at <= query.as_of && (member.flags & kGetsNoMail) == 0;
}

// The reader is opened for one page only: while it is open, no subscription can be written.
Result<spool::RosterPage> roster_page(const std::string& database, const spool::RosterQuery& query,
                                      std::string_view cursor, std::size_t max) {
  Result<std::unique_ptr<store::Reader>> reader = store::Reader::open(database, kLockTimeout_ms);
  if (!reader) return reader.error();
  Result<store::WalkPage> page = (*reader)->walk_members(query.list, cursor, max);
  if (!page) return page.error();
  spool::RosterPage rows;
  rows.cursor = std::move(page->cursor);
  rows.recipients.reserve(page->members.size());
  for (const store::Member& member : page->members) {
    if (gets(member, query)) rows.recipients.push_back(member.address.text());
  }
  return rows;
}

std::string text_of(const spool::JobResult& result) {
  LogLine line("delivery");
  line.with("job", result.job).with("list", result.list);
  line.with("delivered", static_cast<std::int64_t>(result.delivered));
  line.with("deferred", static_cast<std::int64_t>(result.deferred));
  line.with("failed", static_cast<std::int64_t>(result.failed));
  if (!result.is_finished) return line.with("next_try", iso8601(result.next_try)).text();
  line.with("in_all_delivered", static_cast<std::int64_t>(result.delivered_so_far));
  return line.with("in_all_failed", static_cast<std::int64_t>(result.failed_so_far)).with("job_is", "done").text();
}

const char* word_for(spool::Outcome::Kind kind) {
  if (kind == spool::Outcome::Kind::delivered) return "delivered";
  return kind == spool::Outcome::Kind::failed ? "failed" : "deferred";
}

// By the message, and by the address of each recipient that was kept.
Status add_result(store::Writer& state, const spool::JobResult& result, UnixTime now) {
  const UnixTime forget_after = now + kTraceLife;
  const auto add = [&](const std::string& key, const std::string& text) {
    return key.empty() ? Status() : state.add_trace({now, key, text}, forget_after);
  };
  for (const spool::JobResult::Named& each : result.named) {
    const spool::Answer& answer = each.outcome.answer;
    LogLine by_message(word_for(each.outcome.kind));
    by_message.with("to", each.recipient).with("status", answer.status).with("why", answer.text);
    if (Status added = add(result.message_id, by_message.text()); !added) return added;
    const std::optional<mail::Address> address = mail::Address::parse(each.recipient);
    LogLine by_address(word_for(each.outcome.kind));
    by_address.with("msgid", result.message_id).with("list", result.list);
    by_address.with("status", answer.status).with("why", answer.text);
    if (Status added = add(address ? address->canonical() : "", by_address.text()); !added) return added;
  }
  return add(result.message_id, text_of(result));
}

Status trace_results(const std::string& database, const std::vector<spool::JobResult>& results, UnixTime now) {
  Result<std::unique_ptr<store::Writer>> state = store::Writer::open(database, kLockTimeout_ms);
  if (!state) return state.error();
  for (const spool::JobResult& result : results) {
    if (Status added = add_result(**state, result, now); !added) return added;
  }
  return (*state)->commit();
}

std::optional<std::uint64_t> count_members(const std::string& database, const std::string& list) {
  Result<std::unique_ptr<store::Reader>> reader = store::Reader::open(database, kLockTimeout_ms);
  if (!reader) return std::nullopt;
  const Result<std::uint64_t> count = (*reader)->count_members(list);
  return count ? std::optional(*count) : std::nullopt;
}

}  // namespace

spool::FlushHelp flush_help(const Site& site) {
  spool::FlushHelp help;
  help.roster = [database = site.database_directory()](const spool::RosterQuery& query, std::string_view cursor,
                                                       std::size_t max) {
    return roster_page(database, query, cursor, max);
  };
  help.verp_sender = [](const spool::Job& job, std::string_view) { return job.sender; };
  help.clock = wall_clock_now;
  help.trace = [database = site.database_directory()](const std::vector<spool::JobResult>& results) {
    return trace_results(database, results, wall_clock_now());
  };
  help.members = [database = site.database_directory()](const spool::RosterQuery& query) {
    return count_members(database, query.list);
  };
  return help;
}

Result<bool> finish_staged_file(const Site& site, std::string_view staged_name) {
  if (!spool::is_staged_name(staged_name)) return false;
  Result<std::unique_ptr<store::Reader>> reader = store::Reader::open(site.database_directory(), kLockTimeout_ms);
  if (!reader) return reader.error();
  Result<std::optional<store::Receipt>> receipt = (*reader)->find_receipt(fingerprint_of(staged_name));
  if (!receipt) return receipt.error();
  if (!*receipt) return false;
  Status published = publish(site, (*receipt)->steps);
  if (!published && published.error().kind == ErrorKind::missing) {
    // The list it belongs to is gone, folder and all: one such file must not stop every other.
    const std::string path = site.spool().directory() + "/tmp/" + std::string(staged_name);
    published = site.spool().move_aside(path, staged_name, published.error().what);
  }
  if (!published) return published.error();
  return true;
}

Status keep_house(const Site& site, UnixTime now) {
  Result<std::unique_ptr<store::Writer>> state = store::Writer::open(site.database_directory(), kLockTimeout_ms);
  if (!state) return state.error();
  Result<std::size_t> forgotten = (*state)->forget_expired(now, kForgetPerRun);
  if (!forgotten) return forgotten.error();
  if (*forgotten > 0) {
    Status committed = (*state)->commit();
    if (!committed) return committed;
  }
  Status done = (*state)->checkpoint();
  (*state).reset();
  if (!done) return done;
  if (Status refreshed = refresh_catalogue(site); !refreshed) {
    log(Severity::warning, LogLine("catalogue").with(refreshed.error()));  // LISTS is older than it should be, no more
  }
  return {};
}

}  // namespace majlis::lists
