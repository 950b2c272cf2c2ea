#include <algorithm>

#include "base/regex.h"
#include "base/text.h"
#include "commands/desk.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kNameWidth = 23;
constexpr std::size_t kDescriptionOctets = 56;

// A pattern that cannot tell hides: nobody learns of a list by an exploding pattern.
bool any_matches(const std::vector<std::string>& patterns, const std::string& text, bool when_unsure) {
  for (const std::string& written : patterns) {
    Result<Pattern> pattern = Pattern::parse(written);
    const Pattern::Answer answer = pattern ? pattern->search(text) : Pattern::Answer::cannot_tell;
    if (answer == Pattern::Answer::matches) return true;
    if (answer == Pattern::Answer::cannot_tell && when_unsure) return true;
  }
  return false;
}

// Majordomo's rule: visible when advertise is empty or matches the requester, hidden when noadvertise does, shown to
// members all the same.
Result<bool> is_visible(Desk& desk, const lists::List& list) {
  const std::string requester = desk.requester().canonical();
  const std::vector<std::string> shown_to = list.config().lines(lists::Setting::advertise);
  const std::vector<std::string> hidden_from = list.config().lines(lists::Setting::noadvertise);
  const bool shown = shown_to.empty() || any_matches(shown_to, requester, /*when_unsure=*/false);
  if (shown && !any_matches(hidden_from, requester, /*when_unsure=*/true)) return true;
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), desk.requester());
  if (!member) return member.error();
  return member->has_value();
}

}  // namespace

Status lists_shown(Desk& desk, const Request& /*request*/) {
  Result<std::vector<lists::ListName>> names = desk.work().site().list_names();
  if (!names) return names.error();
  desk.say(desk.server() + " serves the following lists:");
  desk.say("");
  for (const lists::ListName& name : *names) {
    Result<const lists::List*> list = desk.open_list(name);
    if (!list) return list.error();
    Result<bool> visible = is_visible(desk, **list);
    if (!visible) return visible.error();
    if (!*visible) continue;
    std::string row = "  " + (name.domain() == desk.default_domain() ? name.name() : name.address());
    row.resize(std::max(row.size() + 1, kNameWidth), ' ');
    desk.say(row + (*list)->config().text(lists::Setting::description).substr(0, kDescriptionOctets));
  }
  desk.say("");
  desk.say("Use the command 'info <list>' to get more information about one of them.");
  return {};
}

}  // namespace majlis::commands
