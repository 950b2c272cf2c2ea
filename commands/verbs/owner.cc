#include "commands/verbs/owner.h"

#include "base/log.h"

namespace majlis::commands {
namespace {

// Takes the password out of the words; false when it is not right.
bool takes_password(Desk& desk, const Request& request, OwnedTarget& target) {
  if (target.rest.empty()) {
    desk.say(Reply::password_needed, {{"command", request.word}});
    return false;
  }
  const bool is_last = request.secrets == tongues::Secrets::password_last;
  const auto place = is_last ? target.rest.end() - 1 : target.rest.begin();
  const Passwords::Answer answer = desk.passwords().ask(*target.list, *place);
  if (answer != Passwords::Answer::right) {
    const bool has_new = request.verb == Verb::passwd;
    refuse_password(desk, answer, has_new ? Reply::old_password_wrong : Reply::password_wrong, request.word);
    return false;
  }
  target.rest.erase(place);
  return true;
}

}  // namespace

Result<OwnedTarget> find_owned(Desk& desk, const Request& request) {
  Result<Target> named = desk.find_target(request);
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

void refuse_password(Desk& desk, Passwords::Answer answer, Reply refusal, const std::string& command) {
  switch (answer) {
    case Passwords::Answer::of_posts: desk.say(Reply::password_of_posts, {{"command", command}}); return;
    case Passwords::Answer::throttled: desk.say(Reply::password_throttled); return;
    case Passwords::Answer::not_checked: desk.say(Reply::password_not_checked); return;
    case Passwords::Answer::right:
    case Passwords::Answer::wrong: desk.say(refusal, {{"command", command}}); return;
  }
}

void note_owner_action(Desk& desk, const lists::List& list, std::string_view what) {
  const std::string by = desk.requester().canonical();
  desk.work().note(list.address(), std::string(what) + " by=" + by);
  desk.work().log_when_done(LogLine("owner").with("list", list.address()).with("from", by).with("command", what));
}

}  // namespace majlis::commands
