#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lists/site/config/list_config.h"
#include "mail/bounces/bounce_blame.h"
#include "store/records.h"

namespace majlis::lists {

// How a failure became known.
enum class BounceSource {
  signed_report,    // came back to a return address that only we can make
  unsigned_report,  // anybody may have written it
  delivery,         // our own relay refused the mail, or it expired in our spool
};

// Octets of a mail system's words that are kept in a record and shown in a report.
constexpr std::size_t kMaxKeptReasonOctets = 300;

// A failure of mail to one member.
struct BounceEvent {
  BounceSource source = BounceSource::signed_report;
  mail::Blame blame = mail::Blame::unclear;
  std::string status;
  std::string text;
  UnixTime sent_day = 0;      // days since 1970; of a signed report the day in its tag. 0: not known
  UnixTime member_since = 0;  // when the member joined
};

struct BounceVerdict {
  std::string_view rule;       // the word in the log
  bool is_counted = false;     // `record` is to be kept
  bool is_past_limit = false;  // the member is to be probed
  store::BounceRecord record;
};

// LISTSERV's Auto-Delete and Mailman's bounce_* in one: a day with a failure counts once, by its weight; days without
// one make earlier ones stale; the score, or the days it has lasted, lead to a probe. Pure.
BounceVerdict decide_bounce(const ListConfig& config, const std::optional<store::BounceRecord>& before,
                            const BounceEvent& event, UnixTime now);

// What is kept of a member who starts anew, because he came back or was heard from: no failure, and the day. No report
// about mail that was sent until then counts, so that nobody brings it about by showing old ones once more.
store::BounceRecord clean_record(const mail::Address& address, UnixTime now);

// Of a member nothing is known but that somebody, perhaps not truly, says that mail to it failed: its next copies shall
// tell.
store::BounceRecord watched_record(const mail::Address& address, UnixTime now);

// Nothing is held against the member: the record only tells old reports from new ones.
bool is_clean(const store::BounceRecord& record);

// How long a record may still matter: as long as a tag that it knows is good, at least.
UnixTime forget_bounces_after(const ListConfig& config, const store::BounceRecord& record);

// So long an answer to a probe is waited for; until then nothing more is counted.
constexpr UnixTime kProbeWait_s = 7 * 24 * 3600;

}  // namespace majlis::lists
