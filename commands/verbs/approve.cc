#include "commands/reading/secret_words.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"

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
    case Verb::show:
    case Verb::info:
    case Verb::intro:
    case Verb::index:
    case Verb::get:
    case Verb::getpost:
    case Verb::search:
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
  if (request.inner.empty()) {
    const bool has_password = !request.arguments.empty();
    desk.say(has_password ? Reply::approve_needs_command : Reply::approve_needs_password, {{"command", request.word}});
    return {};
  }
  Request inner = request.inner.front();
  if (!may_be_approved(inner.verb)) {
    desk.say(Reply::approve_invalid_command,
             {{"command", request.word}, {"word", inner.word.empty() ? std::string(kMask) : inner.word}});
    return {};
  }
  NamedTarget named = desk.lookup().name_target(std::move(inner.arguments), 0);
  Result<const lists::List*> list = nullptr;
  if (named.list) list = desk.open_list(*named.list);
  if (!list) return list.error();
  if (*list != nullptr) desk.speak_of(**list);
  const Passwords::Answer answer =
      *list == nullptr ? Passwords::Answer::wrong : desk.passwords().ask(**list, request.arguments.front());
  if (answer != Passwords::Answer::right) {
    refuse_password(desk, answer, Reply::approve_refused, request.word);
    return {};
  }
  inner.arguments = std::move(named.rest);
  inner.text_tag = request.text_tag;
  inner.text = request.text;
  inner.arguments.insert(inner.arguments.begin(), (*list)->address());
  desk.set_proof(auth::Proof::list_password);
  Status done = function_of(inner.verb)(desk, inner);
  desk.set_proof(auth::Proof::none);
  return done;
}

}  // namespace majlis::commands
