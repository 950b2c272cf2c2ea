#include "commands/desk/preparation.h"

#include <algorithm>

#include "commands/desk/decision_word.h"
#include "lists/effects/authentication.h"
#include "lists/effects/kept_request.h"

namespace majlis::commands {
namespace {

std::vector<std::string> words_that_accept(const std::vector<tongues::Request>& requests) {
  std::vector<std::string> words;
  for (const tongues::Request& request : requests) {
    if (request.verb != tongues::Verb::accept && request.verb != tongues::Verb::trust) continue;
    if (const auto decided = decision_word_of(request)) words.push_back(decided->word);
  }
  return words;
}

// Of the first token; who sends several waits for the others.
Status add_confirmed(lists::Approvals& approvals, const lists::Site& site, const ListLookup& lookup,
                     const std::vector<tongues::Request>& requests, const std::optional<mail::Mailbox>& author,
                     UnixTime now) {
  const auto found = std::find_if(requests.begin(), requests.end(), [](const tongues::Request& request) {
    return request.verb == tongues::Verb::auth && !request.arguments.empty();
  });
  if (found == requests.end() || !author) return {};
  std::optional<lists::ListName> list = lookup.default_list();
  if (!list) {
    Result<std::optional<lists::KeptRequest>> kept = lists::find_kept_request(site, found->arguments.front());
    if (!kept) return kept.error();
    if (*kept) list = lookup.find((*kept)->list);
  }
  if (!list) return {};
  const bool names_another = !found->inner.empty() && !found->inner.front().arguments.empty();
  const auto named = names_another ? mail::Address::parse(found->inner.front().arguments.back()) : std::nullopt;
  return approvals.add_confirmed(site, *list, named.value_or(author->address), found->arguments.front(), now);
}

// What a member may do without being asked to confirm where the list trusts its mail (trust_authenticated).
bool may_be_trusted(const std::vector<tongues::Request>& requests) {
  return std::any_of(requests.begin(), requests.end(), [](const tongues::Request& request) {
    return request.verb == tongues::Verb::unsubscribe || request.verb == tongues::Verb::set ||
           request.verb == tongues::Verb::confirm || request.verb == tongues::Verb::change ||
           request.verb == tongues::Verb::register_name || request.verb == tongues::Verb::personal_password;
  });
}

mail::AuthenticatedBy authenticate(const lists::Site& site, const mail::Message& message, UnixTime now) {
  lists::SiteDns dns(site.config());
  return lists::authenticate_author(site, dns, message, now);
}

}  // namespace

Result<Preparation> prepare(const lists::Site& site, const ListLookup& lookup,
                            const std::vector<tongues::Request>& requests, const mail::Message& message, UnixTime now,
                            Authenticate authenticates) {
  const auto author = message.author();
  Result<Passwords> passwords =
      author ? Passwords::check(site, lookup, requests, author->address, now) : Result<Passwords>(Passwords());
  if (!passwords) return passwords.error();
  Result<lists::Approvals> approvals =
      lists::Approvals::by_words(site, lookup.default_list(), words_that_accept(requests), now);
  if (!approvals) return approvals.error();
  Status added = add_confirmed(*approvals, site, lookup, requests, author, now);
  if (!added) return added.error();
  Preparation prepared{std::move(*passwords), std::move(*approvals)};
  if (author) {
    Result<Searches> searches = Searches::of_message(site, lookup, requests, author->address);
    if (!searches) return searches.error();
    prepared.searches = std::move(*searches);
  }
  const bool is_asked = authenticates == Authenticate::always || may_be_trusted(requests);
  if (is_asked) prepared.authenticated_by = authenticate(site, message, now);
  return prepared;
}

}  // namespace majlis::commands
