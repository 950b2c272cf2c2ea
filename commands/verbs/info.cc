#include "base/text.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/list_change.h"

namespace majlis::commands {
namespace {

// Refused and missing look alike: whether a hidden list has a text is nobody's business.
Status show_text(Desk& desk, const Request& request, const char* name, lists::Setting access, lists::Setting dated) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  Result<bool> allowed = desk.may_see(*target->list, access);
  if (!allowed) return allowed.error();
  Result<std::optional<lists::ListText>> text = lists::read_text(desk.work(), *target->list, name);
  if (!text) return text.error();
  if (!*allowed || !*text) {
    desk.say(Reply::no_text, {{"text", name}, {"list", target->list->name().name()}});
    return {};
  }
  std::string_view rest = (*text)->text;
  while (const auto line = next_line(rest)) desk.show(*line);
  // With the date wanted on top it is there since newinfo wrote it.
  if (!target->list->config().is_on(dated)) {
    desk.show("");
    desk.say(Reply::text_updated, {{"date", desk.date_text((*text)->changed)}});
  }
  return {};
}

}  // namespace

Status info(Desk& desk, const Request& request) {
  return show_text(desk, request, "info", lists::Setting::info_access, lists::Setting::date_info);
}

Status intro(Desk& desk, const Request& request) {
  return show_text(desk, request, "intro", lists::Setting::intro_access, lists::Setting::date_intro);
}

}  // namespace majlis::commands
