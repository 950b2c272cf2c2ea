#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "lists/members/roster_view.h"
#include "lists/site/list.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"json", Takes::nothing}};

std::vector<std::string> texts_of(const std::vector<mail::Address>& addresses) {
  std::vector<std::string> texts;
  for (const mail::Address& address : addresses) texts.push_back(address.text());
  return texts;
}

std::string json_of(const lists::List& list, std::uint64_t members) {
  return JsonLine()
      .text("list", list.address())
      .text("description", list.config().text(lists::Setting::description))
      .number("members", static_cast<std::int64_t>(members))
      .texts("owners", texts_of(list.owners()))
      .texts("moderators", texts_of(list.moderators()))
      .line();
}

std::string line_of(const lists::List& list, std::uint64_t members) {
  return list.address() + "  " + std::to_string(members) + (members == 1 ? " member  " : " members  ") +
         visible(list.config().text(lists::Setting::description)) + "\n";
}

Result<Verdict> print_lists(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const Result<std::vector<lists::ListName>> names = site->list_names();
  if (!names) return names.error();
  const Result<std::vector<std::uint64_t>> counts = lists::count_members(*site, *names);
  if (!counts) return counts.error();
  Verdict verdict = Verdict::done;
  for (std::size_t i = 0; i < names->size(); ++i) {
    const Result<lists::List> list = lists::List::open(*site, (*names)[i]);
    if (!list) {
      complain(call, (*names)[i].address() + ": " + list.error().what);
      verdict = Verdict::wanting;
      continue;
    }
    print(call.wants_json() ? json_of(*list, (*counts)[i]) : line_of(*list, (*counts)[i]));
  }
  return verdict;
}

constexpr Form kForms[] = {{"", 0, 0, kOptions, print_lists}};

}  // namespace

constinit const Command kLists{
    "usage: majlis lists [--json]\n"
    "\n"
    "Every list of the site: address, number of members, description. One that cannot be read is told, with exit "
    "status 1.\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
