#include <array>

#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/config_check.h"
#include "lists/effects/letters.h"
#include "lists/effects/list_change.h"

namespace majlis::commands {
namespace {

using lists::ListConfig;
using lists::Setting;

struct SecretSlot {
  Setting setting;
  std::string lists::ListPasswords::*hash;
};
constexpr std::array kSlots = {SecretSlot{Setting::admin_passwd, &lists::ListPasswords::admin},
                               SecretSlot{Setting::approve_passwd, &lists::ListPasswords::approve}};

void say_not_accepted(Desk& desk, const lists::List& list, const std::vector<lists::ConfigProblem>& problems) {
  desk.say(Reply::config_refused, {{"list", list.name().name()}});
  for (const lists::ConfigProblem& problem : problems) {
    if (problem.line == 0) {
      desk.say(Reply::config_problem, {{"why", problem.what}});
    } else {
      desk.say(Reply::config_problem_in_line, {{"line", std::to_string(problem.line)}, {"why", problem.what}});
    }
  }
  desk.say(Reply::config_unchanged);
}

// Passwords that stand in the text are hashed and kept; those that do not stand there stay as they are.
Result<lists::ListPasswords> with_new_passwords(Desk& desk, const lists::List& list,
                                                const std::map<Setting, std::string>& plain) {
  lists::ListPasswords passwords = list.passwords();
  for (const SecretSlot& slot : kSlots) {
    const auto found = plain.find(slot.setting);
    if (found == plain.end()) continue;
    if (lists::is_predictable_password(list.name().name(), found->second)) {
      return Error{ErrorKind::refused, std::string(lists::spec_of(slot.setting).name) +
                                           ": anybody would try this password first; leave it out or choose another"};
    }
    Result<std::string> hash = desk.passwords().hash_of(found->second);
    if (!hash) {
      return Error{hash.error().kind, std::string(lists::spec_of(slot.setting).name) + ": " + reason_of(hash.error())};
    }
    passwords.*slot.hash = std::move(*hash);
  }
  return passwords;
}

void take_passwords(Desk& desk, lists::List& list, lists::ListPasswords passwords,
                    const std::map<Setting, std::string>& plain) {
  if (plain.empty()) return;
  const auto admin = plain.find(Setting::admin_passwd);
  if (admin != plain.end()) desk.passwords().accept_new(list.name(), admin->second, passwords.admin);
  lists::put_passwords(desk.work(), list, std::move(passwords));
  for (const auto& [setting, unused] : plain) {
    desk.say(Reply::config_secret_taken, {{"name", std::string(lists::spec_of(setting).name)}});
  }
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

Status accept_config(Desk& desk, lists::List& list, const std::string& text) {
  ListConfig::Parsed parsed = ListConfig::parse(text);
  if (!parsed.problems.empty()) {
    say_not_accepted(desk, list, parsed.problems);
    return {};
  }
  const lists::Site& site = desk.work().site();
  Status tried = lists::check_new_config(site, list.name(), parsed.config, list.config());
  if (tried) tried = lists::check_new_posters(site, list.name(), parsed.config, list.config());
  if (!tried) {
    say_not_accepted(desk, list, {{0, tried.error().what}});
    return {};
  }
  Result<lists::ListPasswords> passwords = with_new_passwords(desk, list, parsed.passwords);
  if (!passwords) {
    say_not_accepted(desk, list, {{0, passwords.error().what}});
    return {};
  }
  Result<std::vector<Setting>> kept = lists::keep_people(list.config(), parsed.config);
  if (!kept) return kept.error();
  const std::vector<mail::Address> former_owners = list.owners();
  const std::string stored = parsed.config.write_into(text);
  Status put = lists::put_config(desk.work(), list, std::move(parsed.config), stored);
  if (!put) return put;
  take_passwords(desk, list, std::move(*passwords), parsed.passwords);
  tell_of_changes(desk, list, former_owners, parsed.passwords.contains(Setting::admin_passwd));
  for (const Setting setting : *kept) {
    desk.say(Reply::config_kept, {{"name", std::string(lists::spec_of(setting).name)}});
  }
  for (const std::string& line : parsed.not_obeyed) desk.say(Reply::config_not_obeyed, {{"line", line}});
  note_owner_action(desk, list, "newconfig");
  desk.say(Reply::config_accepted, {{"list", list.name().name()}});
  return {};
}

}  // namespace

Status newconfig(Desk& desk, const Request& request) {
  Result<OwnedTarget> target = find_owned(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (request.text) return accept_config(desk, *target->list, *request.text);
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
