#include "lists/members/bounces/watch.h"

#include "auth/verp_tag.h"
#include "base/text.h"
#include "lists/effects/verp.h"
#include "lists/members/bounces/bounce_policy.h"
#include "lists/members/bounces/owner_report.h"
#include "mail/bounces/bounce_blame.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
static_assert(kWatchedPerDay * (auth::kVerpLife_days + 2) < kMaxWatched);

// The member that one entry of a report is about.
Result<std::optional<store::Member>> named_member(const store::View& state, const List& list,
                                                  const mail::ReportedRecipient& recipient) {
  Result<std::optional<store::Member>> member = state.find_member(list.address(), recipient.address);
  if (!member || *member || !recipient.original) return member;
  return state.find_member(list.address(), *recipient.original);
}

Status watch(Work& work, const List& list, const store::Member& member) {
  Result<std::optional<store::BounceRecord>> record = work.state().find_bounces(list.address(), member.address);
  if (!record || *record) return record ? Status() : record.error();  // who has one is watched already
  Result<bool> may = work.count_within("watched:" + list.address(), kWatchedPerDay, kDay);
  if (!may || !*may) return may ? Status() : may.error();
  const store::BounceRecord watched = watched_record(member.address, work.now());
  return work.state().put_bounces(list.address(), member.address, watched,
                                  forget_bounces_after(list.config(), watched));
}

}  // namespace

Result<bool> watch_named_members(Work& work, const List& list, const mail::Report& report,
                                 const mail::Address& return_address) {
  bool is_named = false;
  if (!watches_members(list)) return is_named;
  for (const mail::ReportedRecipient& recipient : report.recipients) {
    if (recipient.outcome != mail::Outcome::failure) continue;
    Result<std::optional<store::Member>> member = named_member(work.state(), list, recipient);
    if (!member) return member.error();
    if (!*member) continue;
    is_named = true;
    const bool blames_message =
        mail::blame_for(recipient.status, recipient.reason, return_address) == mail::Blame::message;
    const std::string_view reason = utf8_prefix(recipient.reason, kMaxKeptReasonOctets);
    Status done = note_for_report(work.state(), list, blames_message ? Reported::message : Reported::unsure,
                                  (*member)->address.text(), recipient.status, reason, work.now());
    if (done && !blames_message) done = watch(work, list, **member);
    if (!done) return done.error();
  }
  return is_named;
}

}  // namespace majlis::lists
