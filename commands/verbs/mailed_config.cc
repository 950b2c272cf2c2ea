#include "commands/verbs/mailed_config.h"

#include "commands/verbs/owner.h"
#include "lists/effects/accept_config.h"
#include "lists/effects/letters.h"

namespace majlis::commands {
namespace {

using lists::Setting;

void say_accepted(Desk& desk, const lists::List& list, const lists::AcceptedConfig& accepted) {
  for (const lists::ConfigProblem& note : accepted.notes) {
    const std::string why = desk.words(note.phrase);
    if (note.line != 0) desk.say(Reply::config_note_in_line, {{"line", std::to_string(note.line)}, {"why", why}});
  }
  for (const auto& [setting, unused] : accepted.passwords) {
    desk.say(Reply::config_secret_taken, {{"name", std::string(lists::spec_of(setting).name)}});
  }
  for (const Setting setting : accepted.kept) {
    desk.say(Reply::config_kept, {{"name", std::string(lists::spec_of(setting).name)}});
  }
  for (const Phrase& phrase : accepted.not_obeyed) {
    desk.say(Reply::config_not_obeyed, {{"line", desk.words(phrase)}});
  }
  desk.say(Reply::config_accepted, {{"list", list.name().name()}});
}

// Who has the password may hand the list to others; who had it before hears of it.
void tell_of_changes(Desk& desk, const lists::List& list, const std::vector<mail::Address>& former_owners,
                     bool has_new_password) {
  const std::string by = desk.requester().text();
  if (list.owners() != former_owners) {
    lists::tell_owners_of_change(desk.work(), list, former_owners, "owner_changed", by);
  } else if (has_new_password) {
    lists::tell_owners_of_change(desk.work(), list, former_owners, "password_changed", by);
  }
}

}  // namespace

void say_config_refused(Desk& desk, const lists::List& list, const std::vector<lists::ConfigProblem>& problems) {
  desk.say(Reply::config_refused, {{"list", list.name().name()}});
  for (const lists::ConfigProblem& problem : problems) {
    const std::string why = desk.words(problem.phrase);
    if (problem.line == 0) {
      desk.say(Reply::config_problem, {{"why", why}});
    } else {
      desk.say(Reply::config_problem_in_line, {{"line", std::to_string(problem.line)}, {"why", why}});
    }
  }
  desk.say(Reply::config_unchanged);
}

Result<bool> take_mailed_config(Desk& desk, lists::List& list, const std::string& text, const lists::Dialect& dialect,
                                std::string_view command) {
  const std::vector<mail::Address> former_owners = list.owners();
  Result<lists::AcceptedConfig> accepted =
      lists::accept_config(desk.work(), list,
                           {.text = text,
                            .origin = lists::ConfigOrigin::written,
                            .dialect = &dialect,
                            .hash_of = [&](std::string_view password) { return desk.passwords().hash_of(password); }});
  if (!accepted) return accepted.error();
  if (!accepted->refused.empty()) {
    say_config_refused(desk, list, accepted->refused);
    return false;
  }
  const auto admin = accepted->passwords.find(Setting::admin_passwd);
  const bool has_new_password = admin != accepted->passwords.end();
  if (has_new_password) desk.passwords().accept_new(list.name(), admin->second.text, list.passwords().admin);
  tell_of_changes(desk, list, former_owners, has_new_password);
  note_owner_action(desk, list, command);
  say_accepted(desk, list, *accepted);
  return true;
}

}  // namespace majlis::commands
