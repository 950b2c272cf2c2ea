#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/list_change.h"
#include "lists/pending/settle.h"
#include "lists/pending/waiting.h"
#include "lists/posts/held/held_post.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kYes = "yes";
constexpr std::string_view kNo = "no";

Status set_emergency(Desk& desk, const lists::List& list, std::string_view value) {
  Result<lists::List*> open = desk.open_for_change(list);
  if (!open) return open.error();
  lists::ListConfig config = (*open)->config();
  Status set = config.set(lists::Setting::emergency, value);
  if (!set) return set;
  Result<std::string> text = lists::config_text(desk.work(), **open);
  if (!text) return text.error();
  std::string written = config.write_into(*text);
  return lists::put_config(desk.work(), **open, std::move(config), std::move(written));
}

// Whether nothing but the stop holds it.
Result<bool> is_held_by_stop(const store::PendingItem& item) {
  if (item.kind != lists::kPendingPost) return false;
  Result<lists::HeldPost> post = lists::read_held_post(item);
  if (!post) return post.error();
  return post->reasons.size() == 1 && post->reasons.front().id == lists::ReasonId::emergency;
}

Status release_held(Desk& desk, const lists::List& list) {
  Result<std::vector<store::PendingItem>> waiting = lists::oldest_pending(desk.work().state(), list.address());
  if (!waiting) return waiting.error();
  std::size_t sent = 0;
  std::size_t left = 0;
  for (const store::PendingItem& item : *waiting) {
    Result<bool> is_to_go = is_held_by_stop(item);
    if (!is_to_go) return is_to_go.error();
    if (!*is_to_go) continue;
    if (sent == lists::kMaxItemsOfWord || desk.approvals().obstacle(list, item.id)) {
      ++left;
      continue;
    }
    lists::Ruling ruling{.settlement = lists::Settlement::approve};
    ruling.by = desk.requester().canonical();
    Status settled = lists::settle_pending(desk.work(), list, item.id, ruling, desk.approvals().take(list, item.id));
    if (!settled && settled.error().kind == ErrorKind::missing) {  // what was kept of the post is
      ++left;
      continue;
    }
    if (!settled) return settled;
    ++sent;
  }
  if (sent > 0) desk.say(Reply::held_posts_sent, {{"count", std::to_string(sent)}, {"list", list.name().name()}});
  if (left > 0) desk.say(Reply::held_posts_left, {{"count", std::to_string(left)}, {"list", list.name().name()}});
  return {};
}

Status change_stop(Desk& desk, const Request& request, std::string_view value) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (!target->is_proven) return ask_owner_to_confirm(desk, *target, request);
  const lists::List& list = *target->list;
  const bool holds = value == kYes;
  if (list.config().is_on(lists::Setting::emergency) != holds) {
    Status set = set_emergency(desk, list, value);
    if (!set) return set;
  }
  note_owner_action(desk, list, holds ? "hold" : "free");
  desk.say(holds ? Reply::list_is_held : Reply::list_is_free, {{"list", list.name().name()}});
  return holds ? Status() : release_held(desk, list);
}

}  // namespace

// HOLD [LIST]: posts wait, as by the setting emergency.
Status hold_list(Desk& desk, const Request& request) { return change_stop(desk, request, kYes); }

// FREE [LIST]: they go out, those that nothing else holds.
Status free_list(Desk& desk, const Request& request) { return change_stop(desk, request, kNo); }

}  // namespace majlis::commands
