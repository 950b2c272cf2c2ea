#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/records.h"

// Records to row values and back. Reading fails with `damaged` on anything that was not written here. Fields that stand
// in the key are handed in where the record needs them.
namespace majlis::store {

// No row is larger; writing one is refused.
constexpr std::size_t kMaxRowOctets = 1024 * 1024;
constexpr std::size_t kMaxPublishSteps = 10'000;

std::string member_row(const Member& member);
std::string member_row(const Member& member, ChangeNumber joined_at);  // in place of its own
Result<Member> read_member(std::string_view row);
// The same row without taking its address apart; good as long as `row` is.
Result<RosterRow> read_roster_row(std::string_view row);

std::string ban_row(const Ban& ban);
Result<Ban> read_ban(std::string_view row);
std::string personal_password_row(const PersonalPassword& password);
Result<PersonalPassword> read_personal_password(std::string_view row);
std::string consent_row(const Consent& consent);
Result<Consent> read_consent(std::string_view row);
// When a thread began.
std::string thread_row(UnixTime began, UnixTime forget_after);
Result<UnixTime> read_thread(std::string_view row);

std::string bounce_row(const BounceRecord& record, UnixTime forget_after);
Result<BounceRecord> read_bounce(std::string_view row);
std::string report_row(const ReportEntry& entry, UnixTime forget_after);
Result<ReportEntry> read_report(std::string_view row);

// One of version 1 is a held post.
std::string pending_item_row(const PendingItem& item);
Result<PendingItem> read_pending_item(std::string_view row);

// `named`: kind, list and id, which stand in the key.
std::string due_row(const DueItem& item);
Result<DueItem> read_due(DueItem named, std::string_view row);

std::string pending_digest_row(const PendingDigest& pending);
Result<PendingDigest> read_pending_digest(std::string_view row);

std::string number_row(std::uint64_t value);
Result<std::uint64_t> read_number(std::string_view row);

// A row whose whole meaning is that it is there.
std::string empty_row();

// Rows that are forgotten in time begin alike, so that forgetting needs not know what they are.
std::string receipt_row(const Receipt& receipt, UnixTime forget_after);
std::string mark_row(UnixTime forget_after);
std::string count_row(std::uint64_t count, UnixTime forget_after);
std::string trace_row(const TraceEvent& event, UnixTime forget_after);
std::string domain_policy_row(const DomainPolicy& policy, UnixTime forget_after);
Result<Receipt> read_receipt(std::string_view fingerprint, std::string_view row);
Result<UnixTime> read_mark(std::string_view row);  // when it is forgotten
Result<std::uint64_t> read_count(std::string_view row);
Result<TraceEvent> read_trace(std::string_view row);
Result<DomainPolicy> read_domain_policy(std::string_view row);

// When a row of the second kind may be forgotten.
Result<UnixTime> forget_after_of(std::string_view row);

}  // namespace majlis::store
