#include "commands/session.h"

#include <algorithm>
#include <array>

#include "base/log.h"
#include "base/text.h"
#include "commands/desk/desk.h"
#include "commands/desk/unsubscribe_subject.h"
#include "commands/desk/written_passwords.h"
#include "commands/incoming.h"
#include "commands/obeying.h"
#include "commands/reading/reply_subject.h"
#include "commands/reply.h"
#include "commands/seen_passwords.h"
#include "commands/tongues/listserv.h"
#include "commands/tongues/mailman.h"
#include "commands/tongues/majordomo.h"
#include "commands/tongues/tongues.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/arrival.h"
#include "lists/effects/autoresponse.h"
#include "lists/effects/served_off.h"
#include "lists/effects/set_aside.h"
#include "lists/site/catalogue.h"
#include "mail/automatic.h"
#include "mail/coding/decode.h"

namespace majlis::commands {
namespace {

using lists::Role;

// Apple Mail marks what its button sends as Auto-Submitted, and with this field; others do the first without the other.
constexpr std::string_view kUnsubscribeButton = "X-Apple-Unsubscribe";

constexpr std::size_t kMaxNameOctets = 200;

std::string server_address(const lists::Destination& destination, const lists::Arrival& arrival) {
  if (!destination.list) return arrival.recipient.canonical();
  return destination.list->name() + "-request@" + destination.list->domain();
}

Status hear(Desk& desk, const lists::Destination& destination, const std::vector<Request>& requests) {
  if (destination.role != Role::confirm) return obey_all(desk, requests);
  Result<const lists::List*> list = desk.open_list(*destination.list);
  if (!list) return list.error();
  return confirm(desk, **list, requests.front());
}

// What LISTS shows of lists whose configuration may have changed; the flusher would find it as well, later.
void refresh_catalogue(Desk& desk) {
  for (const lists::ListName& name : desk.lists_for_change()) {
    const Status refreshed = lists::refresh_catalogue(desk.work().site(), name);
    if (!refreshed) log(Severity::warning, LogLine("catalogue").with(refreshed.error()));
  }
}

struct AddressTongue {
  Role role;
  const Tongue* tongue;
};
constexpr std::array kTongues = {
    AddressTongue{Role::majordomo, &kMajordomo},
    AddressTongue{Role::listserv, &kListserv},
    AddressTongue{Role::mailman, &kMailman},
};

// At a list's addresses the setting `dialect` decides.
Result<const Tongue*> tongue_of(const lists::Site& site, const lists::Destination& destination) {
  for (const AddressTongue& row : kTongues) {
    if (row.role == destination.role) return row.tongue;
  }
  if (!destination.list) return &kMajordomo;
  Result<lists::List> list = lists::List::open(site, *destination.list);
  if (!list) return list.error();
  return &tongue_named(list->config().choice(lists::Setting::dialect));
}

// Why nobody is answered; nullopt: a person writes, perhaps as postmaster@ or dog-owner@.
std::optional<std::string_view> robot_behind(const lists::Destination& destination, const lists::Arrival& arrival) {
  const bool is_button =
      destination.role == Role::unsubscribe && (arrival.message.has_field(kUnsubscribeButton) ||
                                                read_unsubscribe_subject(arrival.message.subject()).has_value());
  const auto reason = is_button ? mail::automatic_reason_but_submitted(arrival.message, arrival.sender)
                                : mail::automatic_reason(arrival.message, arrival.sender);
  if (reason && reason->kind != mail::AutomaticReason::Kind::role_address) return reason->word;
  if (mail::has_automatic_subject(arrival.message)) return "absence note";
  return std::nullopt;
}

// A reply in which a program has numbered our letter.
bool comes_from_tracker(const std::vector<Request>& requests) {
  return std::any_of(requests.begin(), requests.end(), [](const Request& request) {
    return request.reply && read_reply_subject(request.reply->subject).has_number;
  });
}

// An owner's program may write as a robot does; a right password tells who it is.
bool has_password(const std::vector<Request>& requests) {
  return std::any_of(requests.begin(), requests.end(), tongues::gives_password);
}

// Counts errors in a row. false: whoever writes made too many, and nothing shows who it is.
Result<bool> is_served(Desk& desk) {
  if (!desk.tongue().dialect->serves_off) return true;
  const lists::Work& work = desk.work();
  Result<std::uint64_t> before = lists::errors_in_row(desk.work().state(), desk.requester(), work.now());
  if (!before) return before.error();
  const bool is_known = desk.is_proven() || desk.is_authenticated();
  if (*before >= lists::kMaxErrorsInRow && !is_known) return false;
  const std::uint64_t count = desk.errors_in_row(is_known ? 0 : *before);
  Status kept = lists::keep_errors_in_row(desk.work(), desk.requester(), *before, count);
  if (!kept) return kept.error();
  if (count < lists::kMaxErrorsInRow) return true;
  log(Severity::warning, LogLine("served_off").with("from", desk.requester().canonical()));
  desk.note_served_off();
  desk.close_with(desk.closing_words() +
                  desk.phrased(Reply::served_off, {{"count", std::to_string(lists::kMaxErrorsInRow)}}));
  return true;
}

// What a person must be able to say whatever the list answers by itself: leaving, a code, a decision, a password.
bool is_heard_anyhow(const Request& request) {
  return request.verb == Verb::auth || request.verb == Verb::unsubscribe || tongues::decides(request.verb) ||
         request.trouble == tongues::Trouble::no_decision || tongues::gives_password(request);
}

// nullopt: it is not served, and nothing of this may be kept.
Result<std::optional<Answered>> answer(Desk& desk, const lists::Destination& destination, const lists::Arrival& arrival,
                                       const std::vector<Request>& requests, const WrittenPasswords& written) {
  Status done = hear(desk, destination, requests);
  if (!done) return done.error();
  Result<bool> served = is_served(desk);
  if (!served) return served.error();
  if (!*served) return std::optional<Answered>();
  done = desk.send_confirmations();
  if (done) done = count_wrong_password(desk);
  if (done) done = note_written_passwords(desk, written);
  if (!done) return done.error();
  Result<Answered> answered = reply(desk, destination, arrival, written.words);
  if (!answered) return answered.error();
  desk.work().note(arrival.message.message_id(),
                   "verdict=commands to=" + lists::without_tag(arrival.recipient.canonical()));
  return std::optional(*answered);
}

lists::Outcome ignored(const lists::Arrival& arrival, std::string_view why, std::string_view rule = "robot") {
  log(Severity::info, LogLine("commands")
                          .with("to", lists::without_tag(arrival.recipient.canonical()))
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", "discard")
                          .with("rule", rule)
                          .with("why", why));
  return {"discard", std::string(rule), ""};
}

mail::Mailbox with_readable_name(mail::Mailbox person) {
  person.display = printable_utf8(mail::decode_words(person.display), kMaxNameOctets);
  return person;
}

// A message of commands, read but not yet heard.
struct Letter {
  const Tongue* tongue;
  const lists::Site* site;
  const lists::Destination* destination;
  const lists::Arrival* arrival;
  const ListLookup* lookup;
  std::string server;
  mail::Mailbox author;
  std::vector<Request> requests;
  WrittenPasswords written;
  std::optional<std::string_view> robot;
  bool is_discarded = false;  // the list answers by itself, and does nothing
};

// The list's own answer to whoever writes commands.
Status answer_by_itself(Desk& desk, const Letter& letter) {
  if (!letter.destination->list) return {};
  Result<const lists::List*> list = desk.open_list(*letter.destination->list);
  if (!list) return list.error();
  return lists::answer_by_itself(desk.work(), **list, lists::AnsweredMail::requests, *letter.arrival);
}

Result<bool> is_discarded(const lists::Site& site, const lists::Destination& destination,
                          const std::vector<Request>& requests) {
  if (!destination.list || std::any_of(requests.begin(), requests.end(), is_heard_anyhow)) return false;
  Result<lists::List> list = lists::List::open(site, *destination.list);
  return list ? Result<bool>(lists::discards_requests(list->config())) : list.error();
}

// nullopt: its author is not served; nothing is kept of it.
Result<std::optional<lists::Outcome>> hear_letter(const Letter& letter, Preparation prepared) {
  const lists::Arrival& arrival = *letter.arrival;
  const bool is_heard = !letter.robot || prepared.passwords.any_right();
  Result<lists::Work> work = lists::Work::begin(*letter.site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  Desk desk(*work, *letter.tongue, {with_readable_name(letter.author), arrival.network}, letter.server, *letter.lookup);
  Answered answered = Answered::no;
  if (!work->is_repeat()) {
    desk.take(std::move(prepared));
    const Status counted = is_heard ? Status() : count_wrong_password(desk);
    if (!counted) return counted.error();
    if (is_heard && !letter.is_discarded) {
      Result<std::optional<Answered>> heard =
          answer(desk, *letter.destination, arrival, letter.requests, letter.written);
      if (!heard) return heard.error();
      if (!*heard) return std::optional<lists::Outcome>();
      answered = **heard;
    }
    const Status own = letter.robot ? Status() : answer_by_itself(desk, letter);
    if (!own) return own.error();
  }
  Status finished = work->finish("commands");
  if (!finished) return finished.error();
  if (!is_heard) return std::optional(ignored(arrival, *letter.robot));
  if (letter.is_discarded)
    return std::optional(ignored(arrival, "answered by the list itself", "autorespond_requests"));
  refresh_catalogue(desk);
  log(Severity::info, LogLine("commands")
                          .with("to", lists::without_tag(arrival.recipient.canonical()))
                          .with("from", letter.author.address.canonical())
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", "commands")
                          .with("rule", work->is_repeat() ? "repeat" : "")
                          .with("authenticated", desk.is_authenticated() ? mail::word_for(desk.authenticated_by()) : "")
                          .with("count", static_cast<std::int64_t>(desk.commands()))
                          .with("errors", static_cast<std::int64_t>(desk.errors()))
                          .with("answer", name_of(answered)));
  const auto& list = letter.destination->list;
  return std::optional(lists::Outcome{"commands", "", list ? list->address() : ""});
}

}  // namespace

Result<lists::Outcome> run_commands(const lists::Site& site, const lists::Destination& destination,
                                    const lists::Arrival& arrival) {
  Result<const Tongue*> tongue = tongue_of(site, destination);
  return tongue ? run_commands_in(**tongue, site, destination, arrival) : Result<lists::Outcome>(tongue.error());
}

Result<lists::Outcome> run_commands_in(const Tongue& tongue, const lists::Site& site,
                                       const lists::Destination& destination, const lists::Arrival& arrival) {
  const auto robot = robot_behind(destination, arrival);
  if (robot && arrival.sender.is_null()) return ignored(arrival, *robot);
  const auto author = arrival.message.author();
  if (!author && robot) return ignored(arrival, *robot);
  if (!author) return lists::set_aside(site, arrival, "the message does not name exactly one author to answer");
  if (lists::leads_back(site, author->address)) return ignored(arrival, "it claims to come from this server");

  const std::string server = server_address(destination, arrival);
  const ListLookup lookup(site, server, destination.list);
  const std::vector<Request> requests = read_requests(tongue, destination, lookup, arrival.message);
  if (robot && !has_password(requests)) return ignored(arrival, *robot);
  if (comes_from_tracker(requests)) return ignored(arrival, "tracker");
  Result<Preparation> prepared = prepare(site, lookup, requests, arrival.message, arrival.now);
  if (!prepared) return prepared.error();
  WrittenPasswords written = written_passwords(site, lookup, requests, arrival.message.subject(), arrival.now);
  Result<bool> discarded = is_discarded(site, destination, requests);
  if (!discarded) return discarded.error();
  const Letter letter{&tongue, &site,    &destination,       &arrival, &lookup,   server,
                      *author, requests, std::move(written), robot,    *discarded};
  Result<std::optional<lists::Outcome>> outcome = hear_letter(letter, std::move(*prepared));
  if (!outcome) return outcome.error();
  if (*outcome) return std::move(**outcome);
  // Not served; an authenticated sender is all the same.
  prepared = prepare(site, lookup, requests, arrival.message, arrival.now, Authenticate::always);
  if (!prepared) return prepared.error();
  const bool is_known = prepared->authenticated_by != mail::AuthenticatedBy::nothing;
  if (is_known) outcome = hear_letter(letter, std::move(*prepared));
  if (!outcome) return outcome.error();
  return *outcome ? std::move(**outcome) : ignored(arrival, "too many errors", "served_off");
}

}  // namespace majlis::commands
