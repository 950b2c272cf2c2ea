#include "lists/members/bounces/failures.h"

#include "auth/secret_file.h"
#include "auth/verp_tag.h"
#include "lists/members/bounces/bounce_register.h"
#include "lists/members/bounces/owner_report.h"
#include "lists/members/renewal.h"
#include "lists/site/directory.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kFingerprintOctets = 16;

std::string fingerprint_of(const std::vector<spool::Failure>& failures) {
  std::vector<std::string_view> pieces = {"lost mail", failures.front().job};
  for (const spool::Failure& failure : failures) pieces.push_back(failure.recipient);
  return auth::fingerprint(pieces).substr(0, kFingerprintOctets);
}

BounceEvent event_of(const List& list, const spool::Failure& failure) {
  const auto return_address = mail::Address::parse(list.role_address("bounces"));
  return {BounceSource::delivery, mail::blame_for(failure.status, failure.text, return_address), failure.status,
          failure.text, auth::day_of(failure.sent)};
}

Status register_loss(Work& work, const List& list, const spool::Failure& failure) {
  const auto address = mail::Address::parse(failure.recipient);
  Result<std::optional<store::Member>> member = std::optional<store::Member>();
  if (address) member = work.state().find_member(list.address(), *address);
  if (!member) return member.error();
  if (*member) {
    Status heeded = void_lost_question(work, list, **member, failure.job);
    if (!heeded) return heeded;
  }
  const bool is_counted = list.config().choice(Setting::bounce_processing) != "no";
  if (!*member || !is_counted || failure.fault == spool::Failure::Fault::relay) {
    return note_for_report(work.state(), list, Reported::lost, failure.recipient, failure.status, failure.text,
                           work.now());
  }
  Result<std::optional<store::BounceRecord>> record = work.state().find_bounces(list.address(), *address);
  if (!record) return record.error();
  const bool is_probe = *record && !(*record)->probe_id.empty() && (*record)->probe_id == failure.message_id;
  Result<std::string_view> rule = is_probe
                                      ? register_failed_probe(work, list, **member, **record, event_of(list, failure))
                                      : register_failure(work, list, **member, event_of(list, failure));
  return rule ? Status() : rule.error();
}

}  // namespace

// All failures of a call are of one job, so of one list.
Status note_lost_mail(const Site& site, const std::vector<spool::Failure>& failures, UnixTime now) {
  if (failures.empty() || failures.front().list.empty()) return {};  // the site's own mail: the log has it
  const auto name = find_list(site, failures.front().list, site.config().domain);
  if (!name) return {};
  Result<List> list = List::open(site, *name);
  if (!list) return list.error();
  Result<Work> work = Work::begin(site, fingerprint_of(failures), now);
  if (!work) return work.error();
  if (!work->is_repeat()) {
    for (const spool::Failure& failure : failures) {
      Status done = register_loss(*work, *list, failure);
      if (!done) return done;
    }
  }
  return work->finish("lost_mail");
}

}  // namespace majlis::lists
