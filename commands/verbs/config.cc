#include "base/text.h"
#include "commands/verbs/files.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownOctets = 32 * 1024;  // a longer one goes as a file: an answer is cut, a file is not

}  // namespace

// What newconfig takes back; passwords are kept elsewhere and are never in it.
Status config(Desk& desk, const Request& request) {
  Result<OwnedTarget> target = find_owned(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  const std::string text = list.config().write();
  note_owner_action(desk, list, "config");
  if (text.size() > kMaxShownOctets) {
    send_file(desk, list, list.name().name() + ".config", text);
    desk.say(Reply::config_is_long);
    return {};
  }
  std::string_view rest = text;
  while (const auto line = next_line(rest)) desk.show(*line);
  for (const auto& [name, hash] :
       {std::pair("admin_passwd", &list.passwords().admin), std::pair("approve_passwd", &list.passwords().approve)}) {
    desk.say(hash->empty() ? Reply::config_secret_unset : Reply::config_secret_set, {{"name", name}});
  }
  return {};
}

}  // namespace majlis::commands
