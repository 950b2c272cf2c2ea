#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/letters.h"
#include "lists/effects/list_change.h"

namespace majlis::commands {

// passwd [LIST] OLD NEW: from here on the new one is the only one.
Status passwd(Desk& desk, const Request& request) {
  Result<OwnedTarget> target = find_owned(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (target->rest.size() != 1) {
    desk.say(Reply::passwd_needs_two, {{"command", request.word}});
    return {};
  }
  if (lists::is_predictable_password(target->list->name().name(), target->rest.front())) {
    desk.say(Reply::passwd_predictable, {{"command", request.word}});
    return {};
  }
  Result<std::string> hash = desk.passwords().hash_of(target->rest.front());
  if (!hash) {
    desk.say(Reply::passwd_refused, {{"command", request.word}, {"why", desk.words(hash.error().phrase)}});
    return {};
  }
  lists::ListPasswords passwords = target->list->passwords();
  passwords.admin = *hash;
  lists::put_passwords(desk.work(), *target->list, std::move(passwords));
  desk.passwords().accept_new(target->list->name(), target->rest.front(), *hash);
  note_owner_action(desk, *target->list, "passwd");
  lists::tell_owners_of_change(desk.work(), *target->list, target->list->owners(), "password_changed",
                               desk.requester().text());
  desk.say(Reply::passwd_done);
  return {};
}

}  // namespace majlis::commands
