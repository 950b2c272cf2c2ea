#include "base/date_text.h"
#include "base/text.h"
#include "commands/verbs/files.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxChanges = 2'000;
constexpr std::size_t kMaxShownOctets = 32 * 1024;  // as of a header

}  // namespace

// changelog [LIST]: for owners, as far as the From field can say; the answer goes there. What is known is what `majlis
// trace` has under the list's address.
Status changelog(Desk& desk, const Request& request) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<std::vector<store::TraceEvent>> events = desk.work().state().trace(list.address(), kMaxChanges + 1);
  if (!events) return events.error();
  note_owner_action(desk, list, "get changelog");
  const std::string name = list.name().name();
  if (events->empty()) {
    desk.say(Reply::changes_none, {{"list", name}});
    return {};
  }
  const bool is_cut = events->size() > kMaxChanges;
  if (is_cut) events->pop_back();
  std::string text;
  for (const store::TraceEvent& event : *events) {
    text += minute_text(event.time) + "  " + printable_utf8(event.text) + "\n";
  }
  desk.say(Reply::changes_head, {{"list", name}});
  if (is_cut) desk.say(Reply::changes_cut, {{"limit", std::to_string(kMaxChanges)}});
  if (text.size() > kMaxShownOctets) {
    send_file(desk, list, name + ".changelog", text);
    desk.say(Reply::config_is_long);
    return {};
  }
  desk.show("");
  std::string_view rest = text;
  while (const auto line = next_line(rest)) desk.show(*line);
  return {};
}

}  // namespace majlis::commands
