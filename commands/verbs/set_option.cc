#include "commands/secret_words.h"
#include "commands/verbs/membership.h"
#include "tongues/verbs.h"

namespace majlis::commands {

// set [LIST] OPTION [ADDRESS]: an option of one's own membership.
Status set_option(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request, row_of(request.verb).own_arguments);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const MemberOption* option = take_option(*target->list, target->rest);
  if (option == nullptr) {
    const bool is_owner = desk.proof() == auth::Proof::list_password;
    desk.complain("set: which option? There are" +
                  option_names(is_owner ? MemberOption::By::owner : MemberOption::By::member) + ".");
    return {};
  }
  const std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  return change_option(desk, *target->list, *option, person->address, desk.proof());
}

}  // namespace majlis::commands
