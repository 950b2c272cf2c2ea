#include "commands/verbs/owner.h"

#include "base/log.h"
#include "tongues/verbs.h"

namespace majlis::commands {
namespace {

// Takes the password out of the words; false when it is not right.
bool takes_password(Desk& desk, const Request& request, OwnedTarget& target) {
  if (target.rest.empty()) {
    desk.complain(request.word + ": needs password.");
    return false;
  }
  const auto place = request.verb == Verb::mkdigest ? target.rest.end() - 1 : target.rest.begin();
  const Passwords::Answer answer = desk.passwords().ask(*target.list, *place);
  if (answer != Passwords::Answer::right) {
    refuse_password(
        desk, answer,
        request.verb == Verb::passwd ? "Sorry; old password incorrect." : request.word + ": invalid password.");
    return false;
  }
  target.rest.erase(place);
  return true;
}

}  // namespace

Result<OwnedTarget> find_owned(Desk& desk, const Request& request) {
  Result<Target> named = desk.find_target(request, row_of(request.verb).own_arguments);
  if (!named) return named.error();
  OwnedTarget target{nullptr, std::move(named->rest)};
  if (named->list == nullptr) return target;
  Result<lists::List*> list = desk.open_for_change(*named->list);
  if (!list) return list.error();
  target.list = *list;
  const bool is_approved = desk.proof() == auth::Proof::list_password;
  if (!is_approved && !takes_password(desk, request, target)) target.list = nullptr;
  return target;
}

void refuse_password(Desk& desk, Passwords::Answer answer, const std::string& refusal) {
  switch (answer) {
    case Passwords::Answer::throttled:
      desk.complain("Passwords are not looked at just now: too many were wrong. Try again in an hour.");
      return;
    case Passwords::Answer::not_checked:
      desk.complain("This password was not looked at: another one in this message was wrong, or they are too many.");
      return;
    case Passwords::Answer::right:
    case Passwords::Answer::wrong: desk.complain(refusal); return;
  }
}

std::string reason_of(const Error& error) { return error.what.substr(error.what.find(": ") + 2); }

void note_owner_action(Desk& desk, const lists::List& list, std::string_view what) {
  const std::string by = desk.requester().canonical();
  desk.work().note(list.address(), std::string(what) + " by=" + by);
  desk.work().log_when_done(LogLine("owner").with("list", list.address()).with("from", by).with("command", what));
}

}  // namespace majlis::commands
