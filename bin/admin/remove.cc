#include <fcntl.h>
#include <stdio.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/file.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/mta/mta.h"
#include "bin/admin/removal.h"
#include "lists/rounds/delivery.h"
#include "lists/rounds/list_removal.h"
#include "lists/upkeep/rename.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"purge", Takes::nothing}, {"force", Takes::nothing}};

Result<std::string> move_away(const lists::Site& site, const lists::ListName& name, UnixTime now) {
  const std::string folder = site.directory() + "/removed";
  const std::string from = site.list_directory(name);
  std::string to = folder + "/" + name.address() + "." + iso8601(now);
  Status done = make_directory(folder, 0700);
  if (done) done = sync_directory(site.directory());
  if (!done) return done.error();
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    return error_from_errno("bin: move " + from + " to " + to, errno);
  }
  for (const std::string& directory : {folder, from.substr(0, from.rfind('/'))}) {
    if (done) done = sync_directory(directory);
  }
  if (!done) return done.error();
  return to;
}

Result<Verdict> keep_or_purge(const Call& call, const std::string& address, const std::string& kept) {
  record(call, address, call.arguments.has("purge") ? "purge" : "");
  if (!call.arguments.has("purge")) {
    print("removed; archive, settings and members are kept in " + kept + "\n");
    return Verdict::done;
  }
  std::error_code failed;
  std::filesystem::remove_all(kept, failed);
  if (failed) return Error{ErrorKind::again, "removed, but " + kept + " is left: " + failed.message()};
  print("removed for good\n");
  return Verdict::done;
}

// There is no such list. When one was removed by the same words, an earlier run may have been killed behind that: this
// one ends its work. `otherwise`: what is said when there was none.
Result<Verdict> end_removal(const Call& call, const lists::Site& site, const Error& otherwise) {
  const std::string& written = call.word(0);
  const auto name = lists::ListName::parse(
      written.substr(0, written.find('@')),
      written.find('@') == std::string::npos ? site.config().domain : written.substr(written.find('@') + 1));
  const Result<std::vector<std::string>> removed = list_directory(site.directory() + "/removed");
  if (!name || !removed) return otherwise;
  const std::size_t octets = name->address().size() + 1 + iso8601(call.now).size();
  const auto is_it = [&](const std::string& folder) {
    return folder.starts_with(name->address() + ".") && folder.size() == octets;
  };
  const auto newest = std::find_if(removed->rbegin(), removed->rend(), is_it);  // their names end with the time
  if (newest == removed->rend()) return otherwise;
  refresh_catalogue(call, site, *name);
  refresh_mta_maps(call, site);
  return keep_or_purge(call, name->address(), site.directory() + "/removed/" + *newest);
}

void tell_of_unreadable(std::size_t count) {
  print_error("majlis: " + std::to_string(count) + (count == 1 ? " request that waits" : " requests that wait") +
              " for a confirmation cannot be read; they confirm nothing, and are forgotten when they expire\n");
}

// The list that it led to stays as it is.
Result<Verdict> tell_of_alias(const Call& call, const lists::Site& site, const lists::ListName& former) {
  record(call, former.address(), "alias");
  refresh_mta_maps(call, site);
  print(former.address() + " was an alias; mail to it is refused now\n");
  return Verdict::done;
}

// The state goes first: killed in between, the list is there without members, and a second run ends the work. The other
// way round a new list of that name would find the old one's members.
Result<Verdict> remove(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  if (const auto former = new_list_name(call.word(0), site->config().domain)) {
    const Result<bool> was_alias = lists::forget_alias(*site, *former);
    if (!was_alias) return was_alias.error();
    if (*was_alias) return tell_of_alias(call, *site, *former);
  }
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return end_removal(call, *site, name.error());
  // What was decided for the list and is not in place yet belongs into the folder before it moves.
  Status done = lists::finish_staged_files(*site, call.now);
  if (!done) return done.error();
  Result<Verdict> settled = settle_what_waits(call, *site, *name);
  if (!settled || *settled != Verdict::done) return settled;
  Result<std::size_t> unreadable = lists::forget_list(*site, *name);
  if (!unreadable) return unreadable.error();
  if (*unreadable > 0) tell_of_unreadable(*unreadable);
  Result<std::string> kept = move_away(*site, *name, call.now);
  if (!kept) return kept.error();
  refresh_catalogue(call, *site, *name);
  refresh_mta_maps(call, *site);
  return keep_or_purge(call, name->address(), *kept);
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, remove}};

}  // namespace

constinit const Command kRemove{
    "usage: majlis remove LIST [--purge] [--force]\n"
    "\n"
    "Takes a list away: its members, its held posts and its addresses. Archive, settings, texts and a file with the\n"
    "members' addresses are kept in SITE/removed. Refused while its mail waits to be delivered, posts wait for its\n"
    "digest, or another list makes digests of its posts. Said again it ends what a run that was killed has left.\n"
    "Of an alias (majlis rename --alias) the alias alone is taken away.\n"
    "  --purge   nothing is kept\n"
    "  --force   all the same: mail that waits is cancelled and kept in spool/bad/\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
