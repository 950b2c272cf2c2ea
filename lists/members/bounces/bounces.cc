#include "lists/members/bounces/bounces.h"

#include <algorithm>
#include <array>

#include "auth/verp_tag.h"
#include "base/text.h"
#include "lists/effects/forward.h"
#include "lists/effects/set_aside.h"
#include "lists/members/bounces/bounce_register.h"
#include "lists/members/bounces/owner_report.h"
#include "lists/members/bounces/watch.h"
#include "lists/members/renewal.h"
#include "lists/site/former_names.h"
#include "lists/site/list.h"
#include "mail/automatic.h"
#include "mail/bounces/bounce.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::uint32_t kPassedOnPerDay = 25;  // to the owner of one list, of all that counts for nobody
constexpr std::size_t kNamesakes = 2;          // members of one reference that are looked for: two are one too many

// One arrival with all that is known of it before the lock.
struct Returned {
  const List* list;
  const Arrival* arrival;
  mail::Report report;
  bool has_tag = false;
  std::optional<auth::VerpTag> tag;  // a good one
  bool is_automatic = false;
};

enum class Fate { count, pass_on, drop };
struct Sorted {
  Fate fate;
  std::string_view rule;
};

// What needs no reader, once a machine wrote it.
struct QuietKind {
  mail::ReportKind kind;
  std::string_view rule;
};
constexpr std::array kQuietKinds = {
    QuietKind{mail::ReportKind::delay, "delay"},
    QuietKind{mail::ReportKind::success, "success"},
    QuietKind{mail::ReportKind::receipt, "receipt"},
    QuietKind{mail::ReportKind::autoreply, "autoreply"},
};

Sorted sort_failure(const ListConfig& config, const Returned& returned) {
  if (returned.tag) return {Fate::count, ""};
  if (returned.has_tag) return {Fate::pass_on, "wrong_tag"};
  if (config.is_on(Setting::bounce_unsigned) && returned.report.is_structured) return {Fate::count, ""};
  return {Fate::pass_on, "unsigned"};
}

// Pure.
Sorted sort_returned(const ListConfig& config, const Returned& returned) {
  if (config.choice(Setting::bounce_processing) == "no") return {Fate::pass_on, "off"};
  Sorted sorted{Fate::pass_on, returned.has_tag ? "no_report" : "unrecognized"};
  for (const QuietKind& quiet : kQuietKinds) {
    if (returned.report.kind == quiet.kind && returned.is_automatic) return {Fate::drop, quiet.rule};
  }
  if (returned.report.kind == mail::ReportKind::feedback) return {Fate::pass_on, "feedback"};
  if (returned.report.kind == mail::ReportKind::failure) sorted = sort_failure(config, returned);
  const bool is_unwanted = config.choice(Setting::bounce_unrecognized) == "discard" && returned.is_automatic;
  if (sorted.fate == Fate::pass_on && is_unwanted) sorted.fate = Fate::drop;
  return sorted;
}

// `returned.tag` tells the day on which the mail was sent that came back.
BounceEvent event_of(const Returned& returned, const mail::ReportedRecipient& recipient, BounceSource source) {
  std::string status = recipient.status;
  if (status.empty() && recipient.smtp_code != 0) status = std::to_string(recipient.smtp_code);
  const mail::Blame blame = mail::blame_for(recipient.status, recipient.reason, returned.arrival->recipient);
  return {source, blame, std::move(status), std::string(utf8_prefix(recipient.reason, kMaxKeptReasonOctets)),
          returned.tag ? returned.tag->day : 0};
}

bool is_about(const mail::ReportedRecipient& recipient, const mail::Address& address) {
  return recipient.address == address || (recipient.original && *recipient.original == address);
}

// How mildly a failure may be read.
int mildness(mail::Blame blame) {
  switch (blame) {
    case mail::Blame::message: return 3;
    case mail::Blame::temporary: return 2;
    case mail::Blame::unclear: return 1;
    case mail::Blame::mailbox: return 0;
  }
  return 0;
}

// The member's own entry; else, when its mail was sent on to others, the mildest that is told of any.
BounceEvent event_for(const Returned& returned, const mail::Address& address) {
  std::optional<BounceEvent> mildest;
  for (const mail::ReportedRecipient& recipient : returned.report.recipients) {
    if (recipient.outcome != mail::Outcome::failure) continue;
    BounceEvent event = event_of(returned, recipient, BounceSource::signed_report);
    if (is_about(recipient, address)) return event;
    if (!mildest || mildness(event.blame) > mildness(mildest->blame)) mildest = std::move(event);
  }
  if (mildest) return *mildest;
  return {BounceSource::signed_report, mail::Blame::unclear, "", "", returned.tag->day};
}

// Returns the word of the rule.
Result<std::string_view> count_signed(Work& work, const Returned& returned) {
  const List& list = *returned.list;
  Result<std::vector<store::Member>> members =
      work.state().members_by_reference(list.address(), returned.tag->reference, returned.tag->member, kNamesakes);
  if (!members) return members.error();
  if (members->empty()) return std::string_view("has_left");
  if (members->size() > 1) return std::string_view("ambiguous");
  const store::Member& member = members->front();
  const BounceEvent event = event_for(returned, member.address);
  if (returned.tag->kind == auth::VerpKind::post) {
    Status heeded = void_returned_question(work, list, member, returned.tag->day);
    return heeded ? register_failure(work, list, member, event) : heeded.error();
  }

  Result<std::optional<store::BounceRecord>> record = work.state().find_bounces(list.address(), member.address);
  if (!record) return record.error();
  const bool is_awaited = *record && (*record)->probed != 0 && auth::day_of((*record)->probed) == returned.tag->day;
  if (!is_awaited) return std::string_view("no_probe_out");
  return register_failed_probe(work, list, member, **record, event);
}

// Members whom an unsigned report names; whether that counts is decide_bounce()'s to say.
Result<std::string_view> count_unsigned(Work& work, const Returned& returned) {
  std::string_view rule = "no_member";
  for (const mail::ReportedRecipient& recipient : returned.report.recipients) {
    if (recipient.outcome != mail::Outcome::failure) continue;
    for (const auto& address : {std::optional(recipient.address), recipient.original}) {
      if (!address) continue;
      Result<std::optional<store::Member>> member = work.state().find_member(returned.list->address(), *address);
      if (!member) return member.error();
      if (!*member) continue;
      Result<std::string_view> done = register_failure(work, *returned.list, **member,
                                                       event_of(returned, recipient, BounceSource::unsigned_report));
      if (!done) return done;
      rule = *done;
      break;
    }
  }
  return rule;
}

// The owner reads what counts for nobody, as long as it is not too much.
Result<Sorted> pass_on(Work& work, const Destination& destination, const Returned& returned, Sorted sorted) {
  const List& list = *returned.list;
  Result<bool> may = work.count_within("passed-on:" + list.address(), kPassedOnPerDay, kDay);
  if (!may) return may.error();
  if (*may) {
    Status passed = forward_copy(work, destination, *returned.arrival);
    return passed ? Result<Sorted>(sorted) : passed.error();
  }
  Status noted = note_for_report(work.state(), list, Reported::unread,
                                 without_tag(returned.arrival->recipient.canonical()), "", "", work.now());
  return noted ? Result<Sorted>(Sorted{Fate::drop, "too_many"}) : noted.error();
}

std::string_view verdict_of(Fate fate) {
  switch (fate) {
    case Fate::count: return "bounce";
    case Fate::pass_on: return "forward";
    case Fate::drop: return "discard";
  }
  return "";
}

Result<Sorted> carry_out(Work& work, const Destination& destination, const Returned& returned) {
  Sorted sorted = sort_returned(returned.list->config(), returned);
  if (sorted.rule == "unsigned") {
    if (!returned.list->config().is_on(Setting::bounce_unsigned)) {
      // Nothing is counted; a line in the log and in the trace says that a member was named.
      Result<std::string_view> named = count_unsigned(work, returned);
      if (!named) return named.error();
    }
    Result<bool> is_watched = watch_named_members(work, *returned.list, returned.report, returned.arrival->recipient);
    if (!is_watched) return is_watched.error();
    if (*is_watched) sorted = {Fate::drop, "watched"};
  }
  if (sorted.fate == Fate::pass_on) return pass_on(work, destination, returned, sorted);
  if (sorted.fate == Fate::drop) return sorted;
  Result<std::string_view> rule = returned.tag ? count_signed(work, returned) : count_unsigned(work, returned);
  if (!rule) return rule.error();
  sorted.rule = *rule;
  return sorted;
}

Returned read_returned(const Site& site, const List& list, const Destination& destination, const Arrival& arrival) {
  Returned returned{
      &list,        &arrival, mail::read_report(arrival.message, arrival.sender), !destination.tag.empty(),
      std::nullopt, false};
  if (destination.role == Role::bounces && returned.has_tag) {
    returned.tag = check_verp_tag(site, list.address(), destination.tag, arrival.now);
  }
  returned.is_automatic = mail::automatic_reason(arrival.message, arrival.sender).has_value();
  return returned;
}

}  // namespace

Result<Outcome> receive_returned(const Site& site, const Destination& destination, const Arrival& arrival) {
  Result<List> list = List::open(site, *destination.list);
  if (!list) return list.error();
  if (went_round(site, arrival)) return set_aside_circling(site, arrival);
  const Returned returned = read_returned(site, *list, destination, arrival);
  // The owner's own mail: only what is a failure report for certain is taken out of it.
  if (destination.role == Role::owner && returned.report.kind != mail::ReportKind::failure) {
    return forward_to_role(site, destination, arrival);
  }
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  Outcome outcome{"", "repeat", list->address()};
  if (work->is_repeat()) {
    outcome.verdict = work->repeated_outcome();
  } else {
    Result<Sorted> sorted = carry_out(*work, destination, returned);
    if (!sorted) return sorted.error();
    outcome.verdict = verdict_of(sorted->fate);
    outcome.rule = sorted->rule;
    work->note(arrival.message.message_id(), "verdict=" + outcome.verdict + " rule=" + outcome.rule +
                                                 " to=" + without_tag(arrival.recipient.canonical()));
  }
  Status done = work->finish(outcome.verdict);
  if (!done) return done.error();
  log_arrival(arrival, outcome, "");
  return outcome;
}

}  // namespace majlis::lists
