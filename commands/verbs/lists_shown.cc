#include <algorithm>

#include "base/text.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"
#include "lists/site/catalogue.h"
#include "lists/site/directory.h"

namespace majlis::commands {
namespace {

const std::string kIndent = "  ";
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
  // Who writes to a list knows it; Mailman's tongue shows it.
  const std::optional<lists::ListName>& written_to = desk.default_list();
  if (!desk.tongue().dialect->names_lists && written_to && written_to->address() == listing.address) return true;
  if (listing.visibility == lists::Visibility::members) return false;
  return may_see_by_pattern(desk, listing.address);
}

// A list that a command above has changed is not in the catalogue yet as it is now.
Result<lists::Listing> as_changed(Desk& desk, const lists::Listing& listing) {
  const auto& changed = desk.lists_for_change();
  const auto name = std::find_if(changed.begin(), changed.end(),
                                 [&](const lists::ListName& each) { return each.address() == listing.address; });
  if (name == changed.end()) return listing;
  Result<const lists::List*> list = desk.open_list(*name);
  if (!list) return list.error();
  return lists::Listing{listing.address, lists::visibility_of((*list)->config()),
                        (*list)->config().text(lists::Setting::description)};
}

bool is_sought(const lists::Listing& listing, std::string_view sought) {
  return sought.empty() || find_ignoring_case(listing.address, sought) != std::string::npos ||
         find_ignoring_case(listing.description, sought) != std::string::npos;
}

// Majordomo's "  %-23s %-.56s".
std::string row_for(const Desk& desk, const lists::Listing& listing) {
  std::string row = kIndent + short_name_of(desk, listing.address);
  row.resize(std::max(row.size(), kIndent.size() + kNameWidth) + 1, ' ');
  return row.append(utf8_prefix(listing.description, kDescriptionOctets));
}

}  // namespace

Status lists_shown(Desk& desk, const Request& request) {
  Result<lists::Catalogue> catalogue = lists::Catalogue::read(desk.work().site());
  if (!catalogue) return catalogue.error();
  Result<std::vector<std::string>> own_lists =
      desk.work().state().lists_of(desk.requester(), catalogue->listings().size() + 1);
  if (!own_lists) return own_lists.error();
  desk.say(Reply::lists_head, {{"server", desk.server()}});
  desk.show("");
  for (const lists::Listing& known : catalogue->listings()) {
    if (desk.is_answer_full()) break;
    Result<lists::Listing> listing = as_changed(desk, known);
    if (!listing) return listing.error();
    Result<bool> visible = may_see(desk, *listing, *own_lists);
    if (!visible) return visible.error();
    if (*visible && is_sought(*listing, request.sought)) desk.show(row_for(desk, *listing));
  }
  if (!desk.tongue().dialect->names_lists) return {};
  desk.show("");
  desk.say(Reply::lists_foot, {{"info", desk.word_of(Verb::info)}});
  return {};
}

}  // namespace majlis::commands
