#include "commands/seen_passwords.h"

#include "base/log.h"
#include "lists/effects/password_check.h"
#include "lists/effects/personal_password.h"
#include "lists/site/directory.h"

namespace majlis::commands {

Status count_wrong_password(Desk& desk) {
  const bool counts_for_person = desk.passwords().wrong_for_person() && desk.passwords().has_personal();
  if (counts_for_person) {
    Status counted = lists::count_wrong_personal_password(desk.work(), *desk.passwords().wrong_for_person());
    if (!counted) return counted;
  }
  const std::optional<lists::ListName>& name = desk.passwords().wrong_for();
  const std::string requester = desk.requester().canonical();
  if (!name && counts_for_person && !desk.passwords().any_right()) {
    log(Severity::warning, LogLine("password").with("from", requester).with("verdict", "wrong"));
  }
  if (!name) return {};
  Result<const lists::List*> list = desk.open_list(*name);
  if (!list) return list.error();
  log(Severity::warning,
      LogLine("password").with("list", name->address()).with("from", requester).with("verdict", "wrong"));
  // Whoever has one for the site mistyped that, as it seems: it counts as a guess, and no owner is told.
  const bool was_meant_so = desk.passwords().has_personal() && !lists::is_in_charge(**list, requester);
  return was_meant_so ? lists::count_wrong_password(desk.work(), **list, requester)
                      : lists::note_wrong_password(desk.work(), **list, requester);
}

// A password where no command has one: the answer, which hides it, says that it was one. Whoever gave a right one in
// its place knew that.
Status note_written_passwords(Desk& desk, const WrittenPasswords& written) {
  if (desk.passwords().any_right()) return {};
  const std::string requester = desk.requester().canonical();
  for (const lists::ListName& name : written.lists) {
    Result<const lists::List*> list = desk.open_list(name);
    if (!list) return list.error();
    log(Severity::warning,
        LogLine("password").with("list", name.address()).with("from", requester).with("seen", "in_command"));
    Status noted = lists::note_password_in_command(desk.work(), **list, requester);
    if (!noted) return noted;
  }
  return {};
}

}  // namespace majlis::commands
