#include "store/rows.h"

#include <utility>

#include "store/codec.h"

namespace majlis::store {
namespace {

// Raised for a table when its fields change; the reader of the older form then stays.
constexpr std::uint8_t kVersion = 1;
// A member who has renewed, and one with topics, a language or who changed the header style; all others have rows of
// version 1, which earlier programs can read.
constexpr std::uint8_t kRenewedMember = 2;
constexpr std::uint8_t kMemberWithWishes = 3;
// Of any kind; those of version 1 are held posts.
constexpr std::uint8_t kPendingItem = 2;
// One that somebody has claimed; all others have rows of version 2, which earlier programs can read.
constexpr std::uint8_t kClaimedItem = 3;
// Of a member whom an owner let in; all others have rows of version 1, which earlier programs can read.
constexpr std::uint8_t kApprovedConsent = 2;
constexpr int kHeldPostTexts = 4;  // Subject, Message-ID, rule, reason

RowWriter expiring(UnixTime forget_after) {
  RowWriter row(kVersion);
  row.time(forget_after);
  return row;
}

struct Fields {
  RowReader in;
  RosterRow member;
  UnixTime joined = 0;
  UnixTime renewed = 0;
  std::string_view language = {};
};

std::uint8_t version_of(const Member& member) {
  if (!member.topics.empty() || !member.language.empty() || member.styled_at != 0) return kMemberWithWishes;
  return member.renewed == 0 ? kVersion : kRenewedMember;
}

Fields read_fields(std::string_view row) {
  const auto version = row.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(row.front());
  const bool is_known = version == kRenewedMember || version == kMemberWithWishes;
  Fields fields{RowReader(row, is_known ? version : kVersion, "member"), {}};
  fields.member.flags = fields.in.small_number();
  fields.joined = fields.in.time();
  fields.member.joined_at = fields.in.number();
  fields.member.address = fields.in.text();
  fields.member.display = fields.in.text();
  if (is_known) fields.renewed = fields.in.time();
  if (version == kMemberWithWishes) {
    fields.member.topics = fields.in.text();
    fields.member.styled_at = fields.in.number();
    fields.member.style_before = fields.in.small_number();
    fields.language = fields.in.text();
  }
  return fields;
}

template <typename Record>
Result<Record> finished(RowReader& in, Record record) {
  Status whole = in.finish();
  if (!whole) return whole.error();
  return record;
}

// A post that an earlier version held. Its details are as lists/posts/held/held_post.cc reads those of version 1.
Result<PendingItem> read_held_post(std::string_view row) {
  RowReader in(row, kVersion, "held post");
  PendingItem item;
  item.kind = kPendingPost;
  for (std::string* field : {&item.list, &item.id, &item.address}) *field = in.text();
  RowWriter details(kVersion);
  for (int i = 0; i < kHeldPostTexts; ++i) details.text(in.text());
  details.number(in.number());
  item.details = details.take();
  item.asked = in.time();
  item.expires = in.time();
  return finished(in, std::move(item));
}

}  // namespace

std::string member_row(const Member& member) { return member_row(member, member.joined_at); }

std::string member_row(const Member& member, ChangeNumber joined_at) {
  const std::uint8_t version = version_of(member);
  RowWriter row(version);
  row.number(member.flags).time(member.joined).number(joined_at).text(member.address.text()).text(member.display);
  if (version != kVersion) row.time(member.renewed);
  if (version == kMemberWithWishes)
    row.text(member.topics).number(member.styled_at).number(member.style_before).text(member.language);
  return row.take();
}

Result<Member> read_member(std::string_view row) {
  Fields fields = read_fields(row);
  std::optional<mail::Address> address = mail::Address::parse(fields.member.address);
  if (!address) fields.in.fail("the address cannot be read");
  Status whole = fields.in.finish();
  if (!whole) return whole.error();
  const RosterRow& member = fields.member;
  return Member{.address = std::move(*address),
                .display = std::string(member.display),
                .flags = member.flags,
                .joined = fields.joined,
                .joined_at = member.joined_at,
                .renewed = fields.renewed,
                .topics = std::string(member.topics),
                .language = std::string(fields.language),
                .styled_at = member.styled_at,
                .style_before = member.style_before};
}

Result<RosterRow> read_roster_row(std::string_view row) {
  Fields fields = read_fields(row);
  return finished(fields.in, fields.member);
}

std::string ban_row(const Ban& ban) {
  return RowWriter(kVersion).text(ban.pattern).time(ban.since).text(ban.by).take();
}

Result<Ban> read_ban(std::string_view row) {
  RowReader in(row, kVersion, "ban");
  Ban ban;
  ban.pattern = in.text();
  ban.since = in.time();
  ban.by = in.text();
  return finished(in, std::move(ban));
}

std::string personal_password_row(const PersonalPassword& password) {
  return RowWriter(kVersion).text(password.hash).time(password.since).take();
}

Result<PersonalPassword> read_personal_password(std::string_view row) {
  RowReader in(row, kVersion, "personal password");
  PersonalPassword password;
  password.hash = in.text();
  password.since = in.time();
  return finished(in, std::move(password));
}

std::string consent_row(const Consent& consent) {
  RowWriter row(consent.approved == 0 ? kVersion : kApprovedConsent);
  row.time(consent.time).text(consent.token).text(consent.from);
  if (consent.approved != 0) row.time(consent.approved).text(consent.approved_by);
  return row.take();
}

Result<Consent> read_consent(std::string_view row) {
  const bool is_approved = row.starts_with(static_cast<char>(kApprovedConsent));
  RowReader in(row, is_approved ? kApprovedConsent : kVersion, "consent");
  Consent consent;
  consent.time = in.time();
  consent.token = in.text();
  consent.from = in.text();
  if (is_approved) {
    consent.approved = in.time();
    consent.approved_by = in.text();
  }
  return finished(in, std::move(consent));
}

std::string thread_row(UnixTime began, UnixTime forget_after) { return expiring(forget_after).time(began).take(); }

Result<UnixTime> read_thread(std::string_view row) {
  RowReader in(row, kVersion, "thread");
  in.time();
  return finished(in, in.time());
}

std::string bounce_row(const BounceRecord& record, UnixTime forget_after) {
  return expiring(forget_after)
      .text(record.address)
      .number(record.score)
      .number(record.days)
      .time(record.first)
      .time(record.last)
      .text(record.status)
      .text(record.text)
      .time(record.sent_day)
      .time(record.probed)
      .text(record.probe_id)
      .time(record.suspended)
      .number(record.notices_left)
      .take();
}

Result<BounceRecord> read_bounce(std::string_view row) {
  RowReader in(row, kVersion, "bounces");
  in.time();
  BounceRecord record;
  record.address = in.text();
  record.score = in.small_number();
  record.days = in.small_number();
  record.first = in.time();
  record.last = in.time();
  record.status = in.text();
  record.text = in.text();
  record.sent_day = in.time();
  record.probed = in.time();
  record.probe_id = in.text();
  record.suspended = in.time();
  record.notices_left = in.small_number();
  return finished(in, std::move(record));
}

std::string report_row(const ReportEntry& entry, UnixTime forget_after) {
  return expiring(forget_after)
      .text(entry.kind)
      .text(entry.address)
      .number(entry.count)
      .time(entry.first)
      .time(entry.last)
      .text(entry.status)
      .text(entry.text)
      .take();
}

Result<ReportEntry> read_report(std::string_view row) {
  RowReader in(row, kVersion, "report entry");
  in.time();
  ReportEntry entry;
  entry.kind = in.text();
  entry.address = in.text();
  entry.count = in.small_number();
  entry.first = in.time();
  entry.last = in.time();
  entry.status = in.text();
  entry.text = in.text();
  return finished(in, std::move(entry));
}

std::string pending_item_row(const PendingItem& item) {
  const bool is_claimed = !item.claimed_by.empty();
  RowWriter row(is_claimed ? kClaimedItem : kPendingItem);
  row.text(item.list)
      .text(item.id)
      .text(item.kind)
      .text(item.address)
      .text(item.asked_by)
      .text(item.tongue)
      .time(item.asked)
      .time(item.expires)
      .text(item.details);
  if (is_claimed) row.text(item.claimed_by).time(item.claimed_until);
  return row.take();
}

Result<PendingItem> read_pending_item(std::string_view row) {
  if (row.starts_with(static_cast<char>(kVersion))) return read_held_post(row);
  const bool is_claimed = row.starts_with(static_cast<char>(kClaimedItem));
  RowReader in(row, is_claimed ? kClaimedItem : kPendingItem, "pending item");
  PendingItem item;
  for (std::string* field : {&item.list, &item.id, &item.kind, &item.address, &item.asked_by, &item.tongue}) {
    *field = in.text();
  }
  item.asked = in.time();
  item.expires = in.time();
  item.details = in.text();
  if (is_claimed) {
    item.claimed_by = in.text();
    item.claimed_until = in.time();
  }
  return finished(in, std::move(item));
}

std::string due_row(const DueItem& item) {
  return RowWriter(kVersion)
      .time(item.due)
      .number(item.serial)
      .time(item.scheduled)
      .number(item.tries)
      .text(item.value)
      .take();
}

Result<DueItem> read_due(DueItem named, std::string_view row) {
  RowReader in(row, kVersion, "due item");
  named.due = in.time();
  named.serial = in.number();
  named.scheduled = in.time();
  named.tries = in.small_number();
  named.value = in.text();
  return finished(in, std::move(named));
}

std::string pending_digest_row(const PendingDigest& pending) {
  return RowWriter(kVersion)
      .number(pending.begin)
      .number(pending.end)
      .number(pending.posts)
      .number(pending.lines)
      .number(pending.next_issue)
      .text(pending.numbered_from)
      .take();
}

Result<PendingDigest> read_pending_digest(std::string_view row) {
  RowReader in(row, kVersion, "pending digest");
  PendingDigest pending;
  for (std::uint64_t* field : {&pending.begin, &pending.end, &pending.posts, &pending.lines, &pending.next_issue}) {
    *field = in.number();
  }
  pending.numbered_from = in.text();
  if (pending.begin > pending.end) in.fail("its range ends before it begins");
  return finished(in, std::move(pending));
}

std::string number_row(std::uint64_t value) { return RowWriter(kVersion).number(value).take(); }

Result<std::uint64_t> read_number(std::string_view row) {
  RowReader in(row, kVersion, "number");
  return finished(in, in.number());
}

std::string empty_row() { return RowWriter(kVersion).take(); }

std::string receipt_row(const Receipt& receipt, UnixTime forget_after) {
  RowWriter row = expiring(forget_after);
  row.time(receipt.done).text(receipt.outcome).number(receipt.steps.size());
  for (const PublishStep& step : receipt.steps) row.text(step.staged).text(step.target);
  return row.take();
}

Result<Receipt> read_receipt(std::string_view fingerprint, std::string_view row) {
  RowReader in(row, kVersion, "receipt");
  in.time();
  Receipt receipt;
  receipt.fingerprint = fingerprint;
  receipt.done = in.time();
  receipt.outcome = in.text();
  const std::size_t steps = in.count(kMaxPublishSteps);
  for (std::size_t i = 0; i < steps && in.ok(); ++i) {
    PublishStep step;
    step.staged = in.text();
    step.target = in.text();
    receipt.steps.push_back(std::move(step));
  }
  return finished(in, std::move(receipt));
}

std::string mark_row(UnixTime forget_after) { return expiring(forget_after).take(); }

Result<UnixTime> read_mark(std::string_view row) {
  RowReader in(row, kVersion, "mark");
  const UnixTime until = in.time();
  return finished(in, until);
}

std::string count_row(std::uint64_t count, UnixTime forget_after) {
  return expiring(forget_after).number(count).take();
}

Result<std::uint64_t> read_count(std::string_view row) {
  RowReader in(row, kVersion, "counter");
  in.time();
  return finished(in, in.number());
}

std::string trace_row(const TraceEvent& event, UnixTime forget_after) {
  return expiring(forget_after).time(event.time).text(event.key).text(event.text).take();
}

Result<TraceEvent> read_trace(std::string_view row) {
  RowReader in(row, kVersion, "trace");
  in.time();
  TraceEvent event;
  event.time = in.time();
  event.key = in.text();
  event.text = in.text();
  return finished(in, std::move(event));
}

std::string domain_policy_row(const DomainPolicy& policy, UnixTime forget_after) {
  return expiring(forget_after)
      .number(static_cast<std::uint64_t>(policy.record))
      .number(static_cast<std::uint64_t>(policy.asks))
      .number(policy.is_test ? 1 : 0)
      .take();
}

Result<DomainPolicy> read_domain_policy(std::string_view row) {
  RowReader in(row, kVersion, "domain policy");
  in.time();
  const std::uint32_t record = in.small_number();
  const std::uint32_t asks = in.small_number();
  const std::uint32_t is_test = in.small_number();
  if (record > static_cast<std::uint32_t>(DomainPolicy::Record::unknown) ||
      asks > static_cast<std::uint32_t>(DomainPolicy::Asks::reject) || is_test > 1) {
    in.fail("it has a number of no meaning");
  }
  return finished(
      in, DomainPolicy{static_cast<DomainPolicy::Record>(record), static_cast<DomainPolicy::Asks>(asks), is_test == 1});
}

Result<UnixTime> forget_after_of(std::string_view row) {
  RowReader in(row, kVersion, "expiring");
  const UnixTime time = in.time();
  if (!in.ok()) return in.error();
  return time;
}

}  // namespace majlis::store
