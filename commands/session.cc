#include "commands/session.h"

#include <algorithm>
#include <array>

#include "base/log.h"
#include "base/text.h"
#include "commands/desk/desk.h"
#include "commands/incoming.h"
#include "commands/reading/command_lines.h"
#include "commands/reply.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/arrival.h"
#include "lists/effects/forward.h"
#include "lists/effects/password_check.h"
#include "lists/site/catalogue.h"
#include "mail/automatic.h"
#include "tongues/verbs.h"

namespace majlis::commands {
namespace {

using lists::Role;

std::string server_address(const lists::Destination& destination, const lists::Arrival& arrival) {
  if (!destination.list) return arrival.recipient.canonical();
  return destination.list->name() + "-request@" + destination.list->domain();
}

std::string candidates_of(const Request& request) {
  std::string candidates;
  for (const std::string& word : request.candidates) candidates += (candidates.empty() ? "" : ", ") + word;
  return candidates;
}

void complain_about_word(Desk& desk, const Request& request) {
  if (request.is_too_long) {
    desk.complain("This line is too long and was not obeyed: a command has " + std::to_string(kMaxLineOctets) +
                  " octets at most, and goes on over " + std::to_string(kMaxContinuations) + " lines at most.");
    return;
  }
  const std::string word = "Command '" + request.echo.substr(0, request.echo.find(' ')) + "'";
  if (request.candidates.empty()) {
    desk.complain(word + " not recognized.");
    if (!request.advice.empty()) desk.say("**** " + request.advice);
  } else {
    desk.complain(word + " is short for several: " + candidates_of(request) + ".");
  }
}

// "<<TAG" behind a command that no text belongs to.
bool is_text_astray(const Request& request) {
  return !request.text_tag.empty() && request.verb != Verb::approve && row_of(request.verb).takes == Takes::line;
}

// A right password lets only those commands go beyond max_commands that it stands in.
bool is_behind_password(const Request& request) {
  return request.verb == Verb::approve || row_of(request.verb).secrets == Secrets::all_but_list;
}

Status run_one(Desk& desk, const Request& request) {
  desk.count_command(is_behind_password(request) ? Desk::Counted::behind_password : Desk::Counted::plain);
  desk.say(">>>> " + request.echo);
  if (request.verb == Verb::end) {
    desk.say("END OF COMMANDS");
    return {};
  }
  const VerbFunction function = function_of(request.verb);
  if (function != nullptr && !is_text_astray(request)) return function(desk, request);
  if (function == nullptr) {
    complain_about_word(desk, request);
  } else {
    desk.complain(request.word + ": takes no text; nothing was done.");
  }
  return {};
}

std::size_t max_commands(Desk& desk) {
  const auto of_site = static_cast<std::size_t>(desk.work().site().config().max_commands);
  return desk.passwords().any_right() ? std::max(of_site, kMaxCommandsApproved) : of_site;
}

// Why the commands from here on are not obeyed; "" as long as they are.
std::string reason_to_stop(Desk& desk) {
  if (desk.errors() >= static_cast<unsigned>(desk.work().site().config().max_errors)) return "Too many errors";
  if (desk.is_answer_nearly_full()) return "The answer is as long as it may be";
  const auto of_site = static_cast<std::size_t>(desk.work().site().config().max_commands);
  const std::size_t most = max_commands(desk);
  if (desk.commands() < most && desk.plain_commands() < of_site) return {};
  return "Too many commands (" + std::to_string(desk.commands() < most ? of_site : most) + " are obeyed)";
}

Status run_all(Desk& desk, const std::vector<Request>& requests) {
  if (find_command(requests) == nullptr) {
    for (const Request& signature : requests) desk.say(">>>> " + signature.echo);
    desk.complain("No valid commands found.");
    desk.say("**** Commands are written in the text of the message, one a line; try 'help'.");
    return {};
  }
  for (const Request& request : requests) {
    const std::string stop = request.verb == Verb::end ? "" : reason_to_stop(desk);
    if (!stop.empty()) {
      desk.close_with("**** " + stop + ": the rest of the message was not read,\n**** from this line on:\n>>>> " +
                      request.echo + "\n");
      break;
    }
    Status done = run_one(desk, request);
    if (!done) return done;
  }
  return {};
}

Status count_wrong_password(Desk& desk) {
  const std::optional<lists::ListName>& name = desk.passwords().wrong_for();
  if (!name) return {};
  Result<const lists::List*> list = desk.open_list(*name);
  if (!list) return list.error();
  const std::string requester = desk.requester().canonical();
  log(Severity::warning,
      LogLine("password").with("list", name->address()).with("from", requester).with("verdict", "wrong"));
  return lists::note_wrong_password(desk.work(), **list, requester);
}

Status hear(Desk& desk, const lists::Destination& destination, const std::vector<Request>& requests) {
  if (destination.role != Role::confirm) return run_all(desk, requests);
  Result<const lists::List*> list = desk.open_list(*destination.list);
  if (!list) return list.error();
  return confirm(desk, **list, destination.tag);
}

// What LISTS shows of lists whose configuration may have changed; the flusher would find it as well, later.
void refresh_catalogue(Desk& desk) {
  for (const lists::ListName& name : desk.lists_for_change()) {
    const Status refreshed = lists::refresh_catalogue(desk.work().site(), name);
    if (!refreshed) log(Severity::warning, LogLine("catalogue").with(refreshed.error()));
  }
}

lists::Outcome ignored(const lists::Arrival& arrival, std::string_view why) {
  log(Severity::info, LogLine("commands")
                          .with("to", lists::without_tag(arrival.recipient.canonical()))
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", "discard")
                          .with("rule", "robot")
                          .with("why", why));
  return {"discard", "robot", ""};
}

}  // namespace

Result<lists::Outcome> run_commands(const lists::Site& site, const lists::Destination& destination,
                                    const lists::Arrival& arrival) {
  if (const auto why = mail::automatic_reason(arrival.message, arrival.sender)) return ignored(arrival, *why);
  if (mail::has_absence_subject(arrival.message)) return ignored(arrival, "absence note");
  const auto author = arrival.message.author();
  if (!author) return lists::set_aside(site, arrival, "the message does not name exactly one author to answer");
  if (lists::find_destination(site, author->address)) return ignored(arrival, "it claims to come from this server");

  const std::string server = server_address(destination, arrival);
  const ListLookup lookup(site, server, destination.list);
  const std::vector<Request> requests = read_requests(destination, lookup, arrival.message);
  Result<Passwords> passwords = Passwords::check(site, lookup, requests, author->address.canonical(), arrival.now);
  if (!passwords) return passwords.error();

  Result<lists::Work> work = lists::Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  Desk desk(*work, author->address, server, lookup);
  Result<Answered> answered = Answered::no;
  if (!work->is_repeat()) {
    desk.passwords() = std::move(*passwords);
    Status done = hear(desk, destination, requests);
    if (done) done = count_wrong_password(desk);
    if (!done) return done.error();
    answered = reply(desk, destination, arrival);
    if (!answered) return answered.error();
    work->note(arrival.message.message_id(),
               "verdict=commands to=" + lists::without_tag(arrival.recipient.canonical()));
  }
  Status finished = work->finish("commands");
  if (!finished) return finished.error();
  refresh_catalogue(desk);
  log(Severity::info, LogLine("commands")
                          .with("to", lists::without_tag(arrival.recipient.canonical()))
                          .with("from", author->address.canonical())
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", "commands")
                          .with("rule", work->is_repeat() ? "repeat" : "")
                          .with("count", static_cast<std::int64_t>(desk.commands()))
                          .with("errors", static_cast<std::int64_t>(desk.errors()))
                          .with("answer", name_of(*answered)));
  return lists::Outcome{"commands", "", destination.list ? destination.list->address() : ""};
}

}  // namespace majlis::commands
