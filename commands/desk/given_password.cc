#include "commands/desk/given_password.h"

#include "commands/desk/line_list.h"
#include "lists/effects/personal_password.h"

namespace majlis::commands {
namespace {

// Of several answers the one that says most.
Passwords::Answer more_telling(Passwords::Answer one, Passwords::Answer other) {
  return one == Passwords::Answer::throttled ? one : other;
}

void tell(Desk& desk, const Request& request, Passwords::Answer answer) {
  switch (answer) {
    case Passwords::Answer::right: return;
    case Passwords::Answer::throttled: desk.say(Reply::password_throttled); return;
    case Passwords::Answer::not_checked: desk.say(Reply::password_not_checked); return;
    case Passwords::Answer::of_posts: desk.say(Reply::password_of_posts, {{"command", request.word}}); return;
    case Passwords::Answer::wrong: break;
  }
  if (request.needs_password) {
    desk.say(Reply::password_refused, {{"command", request.word}});
  } else {
    desk.say(Reply::password_not_right);
  }
}

Result<Passwords::Answer> ask_personal(Desk& desk, const std::optional<mail::Address>& person,
                                       std::string_view password) {
  if (!person) return Passwords::Answer::wrong;
  Result<std::string> hash = lists::personal_hash(desk.work().state(), *person);
  return hash ? Result<Passwords::Answer>(desk.passwords().ask_personal(*person, *hash, password)) : hash.error();
}

}  // namespace

Status take_given_password(Desk& desk, const Request& request) {
  desk.set_given(Given::nothing);
  if (request.password.empty()) return {};
  const std::optional<lists::ListName> name = list_of_line(desk.lookup(), request);
  Result<const lists::List*> list = nullptr;
  if (name) list = desk.open_list(*name);
  if (!list) return list.error();
  if (*list != nullptr && !(*list)->config().is_on(lists::Setting::command_passwords)) {
    desk.speak_of(**list);
    desk.say(Reply::password_not_taken, {{"list", (*list)->name().name()}});
    return {};
  }
  if (*list == nullptr && request.needs_password) {
    desk.say(Reply::list_at_request, {{"command", request.word}});
    return {};
  }
  const std::optional<mail::Address> person = person_of_password(request, desk.requester());
  Result<Passwords::Answer> personal = ask_personal(desk, person, request.password);
  if (!personal) return personal.error();
  Passwords::Answer answer = *personal;
  if (answer == Passwords::Answer::right) {
    *person == desk.requester() ? desk.set_given(Given::personal) : desk.set_given_for(*person);
    return {};
  }
  if (*list != nullptr) {
    desk.speak_of(**list);
    answer = more_telling(answer, desk.passwords().ask(**list, request.password));
  }
  if (answer == Passwords::Answer::right) {
    desk.set_given(Given::of_list);
  } else if (answer == Passwords::Answer::of_posts && request.needs_password) {
    desk.set_given(Given::of_posts);
  } else {
    tell(desk, request, answer);
  }
  return {};
}

}  // namespace majlis::commands
