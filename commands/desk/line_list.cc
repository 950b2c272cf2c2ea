#include "commands/desk/line_list.h"

namespace majlis::commands {

std::optional<lists::ListName> list_of_line(const ListLookup& lookup, const tongues::Request& request) {
  const tongues::Request& inner = request.inner.empty() ? request : request.inner.front();
  if (inner.verb == tongues::Verb::personal_password || inner.verb == tongues::Verb::serve) return std::nullopt;
  return lookup.name_target(inner.arguments, inner.own_arguments).list;
}

std::optional<mail::Address> person_of_password(const tongues::Request& request, const mail::Address& requester) {
  return request.password_of.empty() ? requester : mail::Address::parse(request.password_of);
}

}  // namespace majlis::commands
