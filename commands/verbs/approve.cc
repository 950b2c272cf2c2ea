#include "commands/reading/secret_words.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "tongues/verbs.h"

namespace majlis::commands {
namespace {

bool may_be_approved(Verb verb) {
  switch (verb) {
    case Verb::subscribe:
    case Verb::unsubscribe:
    case Verb::set:
    case Verb::confirm:
    case Verb::who:
    case Verb::which:
    case Verb::info:
    case Verb::intro:
    case Verb::index:
    case Verb::get:
    case Verb::newinfo:
    case Verb::newintro:
    case Verb::config:
    case Verb::newconfig:
    case Verb::writeconfig: return true;
    default: return false;
  }
}

}  // namespace

// approve PASSWORD COMMAND LIST [ARGUMENTS]: the command with the list's password behind it, for that list only.
Status approve(Desk& desk, const Request& request) {
  if (request.arguments.size() < 2) {
    desk.complain(request.arguments.empty() ? "approve: needs passwd" : "approve: which command?");
    return {};
  }
  const VerbRow* row = match_verb(request.arguments[1]).row;
  if (row == nullptr || !may_be_approved(row->verb)) {
    desk.complain("approve: invalid command '" + std::string(row == nullptr ? kMask : row->majordomo) + "'");
    return {};
  }
  NamedTarget named = desk.lookup().name_target({request.arguments.begin() + 2, request.arguments.end()}, 0);
  Result<const lists::List*> list = nullptr;
  if (named.list) list = desk.open_list(*named.list);
  if (!list) return list.error();
  const Passwords::Answer answer =
      *list == nullptr ? Passwords::Answer::wrong : desk.passwords().ask(**list, request.arguments.front());
  if (answer != Passwords::Answer::right) {
    refuse_password(desk, answer, "approve: invalid list or password.");
    return {};
  }
  Request inner{row->verb, std::string(row->majordomo), std::move(named.rest), {}, request.text_tag, request.text, {}};
  inner.arguments.insert(inner.arguments.begin(), (*list)->address());
  desk.set_proof(auth::Proof::list_password);
  Status done = function_of(inner.verb)(desk, inner);
  desk.set_proof(auth::Proof::none);
  return done;
}

}  // namespace majlis::commands
