#include "commands/verbs/mailed_config.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/list_change.h"

namespace majlis::commands {

Status newconfig(Desk& desk, const Request& request) {
  Result<OwnedTarget> target = find_owned(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (request.text) {
    Result<bool> taken = take_mailed_config(desk, *target->list, *request.text, lists::majordomo(), "newconfig");
    return taken ? Status() : Status(taken.error());
  }
  desk.say(Reply::text_not_ended, {{"command", request.word}, {"tag", request.text_tag}});
  return {};
}

Status writeconfig(Desk& desk, const Request& request) {
  Result<OwnedTarget> target = find_owned(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  Status put = lists::put_config(desk.work(), *target->list, target->list->config(), target->list->config().write());
  if (!put) return put;
  note_owner_action(desk, *target->list, "writeconfig");
  desk.say(Reply::config_written, {{"list", target->list->name().name()}});
  return {};
}

}  // namespace majlis::commands
