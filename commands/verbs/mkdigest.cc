#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/posts/digests/digest_queue.h"

namespace majlis::commands {

// mkdigest [LIST] [ALIAS] PASSWORD. Majordomo's ALIAS is taken and not used: a digest goes to those who are to get it.
// Digests are put together in one place only, by majlis-flush, which also delivers the answer to this.
Status mkdigest(Desk& desk, const Request& request) {
  Result<OwnedTarget> target = find_owned(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<lists::Ask> answer = lists::ask_for_digest(desk.work(), list);
  if (!answer) return answer.error();
  switch (*answer) {
    case lists::Ask::is_due:
      note_owner_action(desk, list, "mkdigest");
      desk.say(Reply::digest_is_due, {{"list", list.name().name()}});
      return {};
    case lists::Ask::nothing_waits: desk.say(Reply::digest_is_empty, {{"list", list.name().name()}}); return {};
    case lists::Ask::makes_none:
      desk.say(Reply::digest_is_none, {{"command", request.word}, {"list", list.name().name()}});
      return {};
  }
  return {};
}

}  // namespace majlis::commands
