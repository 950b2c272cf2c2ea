#include <algorithm>

#include "base/text.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"
#include "lists/site/catalogue.h"
#include "lists/site/directory.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kNameWidth = 23;
constexpr std::size_t kDescriptionOctets = 56;

Result<bool> may_see_by_pattern(Desk& desk, std::string_view address) {
  const auto name = lists::find_list(desk.work().site(), address, "");
  if (!name) return false;
  Result<lists::List> list = lists::List::open(desk.work().site(), *name);
  if (!list) return list.error().kind == ErrorKind::again ? Result<bool>(list.error()) : Result<bool>(false);
  return is_shown_to(list->config(), desk.requester());
}

// Members see their lists in any case.
Result<bool> may_see(Desk& desk, const lists::Listing& listing, const std::vector<std::string>& own_lists) {
  if (listing.visibility == lists::Visibility::everyone) return true;
  if (std::binary_search(own_lists.begin(), own_lists.end(), listing.address)) return true;
  if (listing.visibility == lists::Visibility::members) return false;
  return may_see_by_pattern(desk, listing.address);
}

std::string row_for(const lists::Listing& listing, std::string_view default_domain) {
  const std::size_t at = listing.address.find('@');
  const bool is_near = listing.address.substr(at + 1) == default_domain;
  std::string row = "  " + std::string(is_near ? listing.address.substr(0, at) : listing.address);
  row.resize(std::max(row.size() + 1, kNameWidth), ' ');
  return row.append(utf8_prefix(listing.description, kDescriptionOctets));
}

}  // namespace

Status lists_shown(Desk& desk, const Request& /*request*/) {
  Result<lists::Catalogue> catalogue = lists::Catalogue::read(desk.work().site());
  if (!catalogue) return catalogue.error();
  Result<std::vector<std::string>> own_lists =
      desk.work().state().lists_of(desk.requester(), catalogue->listings().size() + 1);
  if (!own_lists) return own_lists.error();
  desk.say(Reply::lists_head, {{"server", desk.server()}});
  desk.show("");
  const std::string default_domain = desk.default_domain();
  for (const lists::Listing& listing : catalogue->listings()) {
    if (desk.is_answer_full()) break;
    Result<bool> visible = may_see(desk, listing, *own_lists);
    if (!visible) return visible.error();
    if (*visible) desk.show(row_for(listing, default_domain));
  }
  desk.show("");
  desk.say(Reply::lists_foot, {{"info", desk.word_of(Verb::info)}});
  return {};
}

}  // namespace majlis::commands
