#include "base/text.h"
#include "commands/desk.h"

namespace majlis::commands {
namespace {

// Refused and missing look alike: whether a hidden list has a text is nobody's business.
Status show_text(Desk& desk, const Request& request, const char* name, lists::Setting access) {
  Result<Target> target = desk.find_target(request, 0);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  Result<bool> allowed = desk.may_see(*target->list, access);
  if (!allowed) return allowed.error();
  Result<std::optional<std::string>> text = target->list->text(name);
  if (!text) return text.error();
  if (!*allowed || !*text) {
    desk.say("#### No " + std::string(name) + " available for " + target->list->name().name() + ".");
    return {};
  }
  std::string_view rest = **text;
  while (const auto line = next_line(rest)) desk.say(*line);
  return {};
}

}  // namespace

Status info(Desk& desk, const Request& request) {
  return show_text(desk, request, "info", lists::Setting::info_access);
}

Status intro(Desk& desk, const Request& request) {
  return show_text(desk, request, "intro", lists::Setting::intro_access);
}

}  // namespace majlis::commands
