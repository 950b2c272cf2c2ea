#include "commands/desk/preparation.h"

namespace majlis::commands {
namespace {

std::vector<std::string> words_that_accept(const std::vector<tongues::Request>& requests) {
  std::vector<std::string> words;
  for (const tongues::Request& request : requests) {
    if (request.verb == tongues::Verb::accept && !request.arguments.empty()) words.push_back(request.arguments.front());
  }
  return words;
}

}  // namespace

Result<Preparation> prepare(const lists::Site& site, const ListLookup& lookup,
                            const std::vector<tongues::Request>& requests, std::string_view requester, UnixTime now) {
  Result<Passwords> passwords = Passwords::check(site, lookup, requests, requester, now);
  if (!passwords) return passwords.error();
  Result<lists::Approvals> approvals =
      lists::Approvals::by_words(site, lookup.default_list(), words_that_accept(requests), now);
  if (!approvals) return approvals.error();
  return Preparation{std::move(*passwords), std::move(*approvals)};
}

}  // namespace majlis::commands
