#include <optional>

#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/found.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"json", Takes::nothing}};

Result<Verdict> find(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const std::optional<mail::Address> address = mail::Address::parse(call.word(0));
  if (!address) return Error{ErrorKind::refused, "'" + printable(call.word(0), 100) + "' is no mail address"};
  Result<std::vector<Found>> all = find_all(*site, *address);
  if (!all) return all.error();
  for (const Found& row : *all) {
    const std::string line = (row.list.empty() ? "-" : row.list) + "  " + std::string(row.role);
    print(call.wants_json() ? row.json.line() : line + (row.text.empty() ? "" : "  " + row.text) + "\n");
  }
  if (!all->empty()) return Verdict::done;
  return Error{ErrorKind::missing, printable(address->text(), 300) + " is on no list of this site"};
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, find}};

}  // namespace

constinit const Command kFind{
    "usage: majlis find ADDRESS [--json]\n"
    "\n"
    "Every list that the address has to do with, and as what: member (since when, options, what came back), owner,\n"
    "moderator, waits (a post or request for a decision), banned, postmaster (of the site: '-').\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
