#include "commands/session.h"

#include <array>

#include "base/log.h"
#include "base/text.h"
#include "commands/desk.h"
#include "commands/majordomo.h"
#include "commands/reader.h"
#include "commands/reply.h"
#include "lists/forward.h"
#include "mail/automatic.h"

namespace majlis::commands {
namespace {

using lists::Role;

struct VerbHandler {
  Verb verb;
  VerbFunction function;
};

constexpr std::array kHandlers = {
    VerbHandler{Verb::subscribe, subscribe}, VerbHandler{Verb::unsubscribe, unsubscribe},
    VerbHandler{Verb::auth, auth_token},     VerbHandler{Verb::approve, approve},
    VerbHandler{Verb::lists, lists_shown},   VerbHandler{Verb::info, info},
    VerbHandler{Verb::intro, intro},         VerbHandler{Verb::who, who},
    VerbHandler{Verb::which, which},         VerbHandler{Verb::help, help},
    VerbHandler{Verb::accept, accept},       VerbHandler{Verb::reject, reject},
    VerbHandler{Verb::discard, discard},
};

// LIST-subscribe and its like are a command by address; what the message says does not matter.
std::optional<Request> request_by_address(Role role) {
  if (role == Role::subscribe) return Request{Verb::subscribe, "subscribe", {}, "subscribe"};
  if (role == Role::unsubscribe) return Request{Verb::unsubscribe, "unsubscribe", {}, "unsubscribe"};
  return std::nullopt;
}

std::string server_address(const lists::Destination& destination, const lists::Arrival& arrival) {
  if (!destination.list) return arrival.recipient.canonical();
  return destination.list->name() + "-request@" + destination.list->domain();
}

// The one password of the message, verified before the lock is taken: Argon2id takes its 50 ms.
Result<CheckedPassword> check_password(const lists::Site& site, const lists::Destination& destination,
                                       const lists::Arrival& arrival, const std::vector<Request>& requests,
                                       const std::string& requester) {
  for (const Request& request : requests) {
    if (request.verb != Verb::approve || request.arguments.size() < 2) continue;
    CheckedPassword checked;
    checked.password = request.arguments.front();
    const std::string domain = destination.list ? destination.list->domain() : site.config().domain;
    if (request.arguments.size() > 2) checked.list = lists::find_list(site, request.arguments[2], domain);
    if (!checked.list) checked.list = destination.list;
    if (!checked.list) return CheckedPassword{};
    Result<lists::List> list = lists::List::open(site, *checked.list);
    if (!list) return list.error();
    Result<lists::PasswordCheck> check =
        lists::check_admin_password(site, *list, checked.password, requester, arrival.now);
    if (!check) return check.error();
    checked.check = *check;
    return checked;
  }
  return CheckedPassword{};
}

std::vector<Request> read_requests(const lists::Site& site, const lists::Destination& destination,
                                   const lists::Arrival& arrival) {
  if (auto request = request_by_address(destination.role)) return {*request};
  if (destination.role == Role::confirm) return {};
  std::vector<Request> requests;
  const std::string text = arrival.message.first_text(kMaxCommandOctets).value_or("");
  for (const std::string& line : command_lines(text, static_cast<std::size_t>(site.config().max_commands))) {
    requests.push_back(read_majordomo(line));
    if (requests.back().verb == Verb::end) break;
  }
  return requests;
}

Status run_one(Desk& desk, const Request& request) {
  desk.say(">>>> " + request.echo);
  if (request.verb == Verb::end) {
    desk.say("END OF COMMANDS");
    return {};
  }
  const VerbFunction function = function_of(request.verb);
  if (function != nullptr) return function(desk, request);
  desk.complain("Command '" + printable(request.echo.substr(0, request.echo.find(' ')), 40) + "' not recognized.");
  return {};
}

Status run_all(Desk& desk, const std::vector<Request>& requests) {
  for (const Request& request : requests) {
    Status done = run_one(desk, request);
    if (!done) return done;
    if (desk.errors() >= static_cast<unsigned>(desk.work().site().config().max_errors)) {
      desk.say("**** Too many errors: the rest of the message was not read.");
      break;
    }
  }
  if (requests.empty()) {
    desk.complain("No valid commands found.");
    desk.say("**** Commands are written in the text of the message, one a line; try 'help'.");
  }
  return {};
}

Status count_wrong_password(Desk& desk) {
  if (desk.password().check != lists::PasswordCheck::wrong) return {};
  Result<const lists::List*> list = desk.open_list(*desk.password().list);
  if (!list) return list.error();
  return lists::note_wrong_password(desk.work(), **list, desk.requester().canonical());
}

Status hear(Desk& desk, const lists::Destination& destination, const std::vector<Request>& requests) {
  if (destination.role != Role::confirm) return run_all(desk, requests);
  Result<const lists::List*> list = desk.open_list(*destination.list);
  if (!list) return list.error();
  return confirm(desk, **list, destination.tag);
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

VerbFunction function_of(Verb verb) {
  for (const VerbHandler& handler : kHandlers) {
    if (handler.verb == verb) return handler.function;
  }
  return nullptr;
}

Result<lists::Outcome> run_commands(const lists::Site& site, const lists::Destination& destination,
                                    const lists::Arrival& arrival) {
  if (const auto why = mail::automatic_reason(arrival.message, arrival.sender)) return ignored(arrival, *why);
  const auto author = arrival.message.author();
  if (!author) return lists::set_aside(site, arrival, "the message does not name exactly one author to answer");
  if (lists::find_destination(site, author->address)) return ignored(arrival, "it claims to come from this server");

  const std::vector<Request> requests = read_requests(site, destination, arrival);
  Result<CheckedPassword> password = check_password(site, destination, arrival, requests, author->address.canonical());
  if (!password) return password.error();

  Result<lists::Work> work = lists::Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  Desk desk(*work, author->address, server_address(destination, arrival), destination.list);
  if (!work->is_repeat()) {
    desk.password() = std::move(*password);
    Status done = hear(desk, destination, requests);
    if (done) done = count_wrong_password(desk);
    if (done) done = reply(desk, destination, arrival);
    if (!done) return done.error();
    work->note(arrival.message.message_id(),
               "verdict=commands to=" + lists::without_tag(arrival.recipient.canonical()));
  }
  Status finished = work->finish("commands");
  if (!finished) return finished.error();
  log(Severity::info, LogLine("commands")
                          .with("to", lists::without_tag(arrival.recipient.canonical()))
                          .with("from", author->address.canonical())
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", "commands")
                          .with("rule", work->is_repeat() ? "repeat" : "")
                          .with("count", static_cast<std::int64_t>(requests.size()))
                          .with("errors", static_cast<std::int64_t>(desk.errors())));
  return lists::Outcome{"commands", "", destination.list ? destination.list->address() : ""};
}

}  // namespace majlis::commands
