#include "commands/membership.h"
#include "commands/table.h"

namespace majlis::commands {
namespace {

Status ask_for(Desk& desk, const Request& request, lists::MembershipChange change) {
  Result<Target> target = desk.find_target(request, row_of(request.verb).own_arguments);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  return change_membership(desk, *target->list, change, *person, desk.proof());
}

}  // namespace

Status subscribe(Desk& desk, const Request& request) { return ask_for(desk, request, lists::MembershipChange::join); }

Status unsubscribe(Desk& desk, const Request& request) {
  return ask_for(desk, request, lists::MembershipChange::leave);
}

}  // namespace majlis::commands
