#include "commands/verbs/visible.h"

#include "base/regex.h"

namespace majlis::commands {
namespace {

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

}  // namespace

bool is_shown_to(const lists::ListConfig& config, const mail::Address& requester) {
  const std::string address = requester.canonical();
  const std::vector<std::string> shown_to = config.lines(lists::Setting::advertise);
  const std::vector<std::string> hidden_from = config.lines(lists::Setting::noadvertise);
  const bool shown = shown_to.empty() || any_matches(shown_to, address, /*when_unsure=*/false);
  return shown && !any_matches(hidden_from, address, /*when_unsure=*/true);
}

Result<bool> is_visible(Desk& desk, const lists::List& list) {
  if (is_shown_to(list.config(), desk.requester())) return true;
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), desk.requester());
  if (!member) return member.error();
  return member->has_value();
}

Result<bool> may_see_or_refuse(Desk& desk, const Request& request, const lists::List& list, lists::Setting setting,
                               Reply is_private) {
  Result<bool> allowed = desk.may_see(list, setting);
  if (!allowed || *allowed) return allowed;
  if (list.config().choice(setting) == "closed") {
    desk.say(Reply::command_disabled);
  } else {
    desk.say(is_private,
             {{"command", request.word}, {"list", list.name().name()}, {"address", desk.requester().text()}});
  }
  return allowed;
}

void say_no_archive(Desk& desk, const lists::List& list) {
  const bool is_kept = list.config().is_on(lists::Setting::archive);
  desk.say(is_kept ? Reply::archive_empty : Reply::archive_none, {{"list", list.name().name()}});
}

std::string short_name_of(const Desk& desk, std::string_view list_address) {
  const std::size_t at = list_address.find('@');
  const bool is_near = list_address.substr(at + 1) == desk.default_domain();
  return std::string(is_near ? list_address.substr(0, at) : list_address);
}

}  // namespace majlis::commands
