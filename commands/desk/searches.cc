#include "commands/desk/searches.h"

#include <algorithm>

#include "lists/effects/password_check.h"
#include "lists/posts/archive/archive_order.h"
#include "lists/site/site.h"

namespace majlis::commands {
namespace {

search::Query query_of(const SoughtPosts& sought) {
  using Where = SoughtPosts::Words::Where;
  search::Query query{{}, sought.since, sought.before};
  for (const SoughtPosts::Words& words : sought.words) {
    const search::Field field = words.where == Where::author    ? search::Field::author
                                : words.where == Where::subject ? search::Field::subject
                                                                : search::Field::anywhere;
    query.terms.push_back({field, words.text});
  }
  return query;
}

Result<bool> may_read(const store::View& state, const lists::List& list, const mail::Address& author) {
  if (list.config().choice(lists::Setting::get_access) == "open" || lists::is_owner(list, author)) {
    return true;
  }
  Result<std::optional<store::Member>> member = state.find_member(list.address(), author);
  return member ? Result<bool>(member->has_value()) : member.error();
}

// The request that a line comes to, and whether a password stands in front of it.
struct Line {
  const tongues::Request* request;
  bool has_password;
};
Line line_of(const tongues::Request& request) {
  const bool has_password = tongues::gives_password(request);
  return {request.inner.empty() ? &request : &request.inner.front(), has_password};
}

}  // namespace

Result<Searches> Searches::of_message(const lists::Site& site, const ListLookup& lookup,
                                      std::span<const tongues::Request> requests, const mail::Address& author) {
  Searches searches;
  for (const tongues::Request& written : requests) {
    const auto [request, has_password] = line_of(written);
    if (request->verb != tongues::Verb::search || searches.searches_.size() == kMaxSearches) continue;
    NamedTarget target = lookup.name_target(request->arguments, request->own_arguments);
    const std::optional<SoughtPosts> sought = read_search_words(target.rest);
    if (!target.list || !sought || sought->has_bad_date) continue;
    Result<lists::List> list = lists::List::open(site, *target.list);
    if (!list) return list.error();
    Result<lists::ArchiveOrder> order = Error{ErrorKind::again, ""};
    {
      Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
      if (!reader) return reader.error();
      Result<bool> allowed = has_password ? Result<bool>(true) : may_read(**reader, *list, author);
      if (!allowed) return allowed.error();
      if (!*allowed) continue;
      order = lists::archive_order(**reader, *list);
    }
    if (!order) return order.error();
    searches.searches_.push_back(
        {list->address(), std::move(target.rest), lists::search_archive(*list, *order, query_of(*sought), kMaxHits)});
  }
  return searches;
}

const Result<lists::FoundPosts>* Searches::find(const std::string& list, const std::vector<std::string>& words) const {
  const auto found = std::find_if(searches_.begin(), searches_.end(),
                                  [&](const Search& each) { return each.list == list && each.words == words; });
  return found == searches_.end() ? nullptr : &found->found;
}

}  // namespace majlis::commands
