#include <fcntl.h>
#include <stdio.h>

#include <cerrno>
#include <filesystem>

#include "base/file.h"
#include "bin/admin/call.h"
#include "bin/admin/print.h"
#include "bin/admin/removal.h"
#include "lists/rounds/delivery.h"
#include "store/database.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"purge", Takes::nothing}, {"force", Takes::nothing}};
constexpr std::size_t kRowsAtOnce = 1000;
constexpr std::string_view kMbox = ".mbox";

Status forget_held(store::Writer& state, const std::string& list) {
  for (;;) {
    Result<std::vector<store::HeldPost>> posts = state.held_posts(list, kRowsAtOnce);
    if (!posts) return posts.error();
    if (posts->empty()) return {};
    for (const store::HeldPost& post : *posts) {
      Result<bool> removed = state.remove_held(list, post.id);
      if (!removed) return removed.error();
    }
  }
}

// A later list of the same name begins with empty archive files.
Status forget_archive(store::Writer& state, const std::string& list, const std::string& directory) {
  Result<std::vector<std::string>> files = list_directory(directory + "/archive");
  if (!files) return files.error().kind == ErrorKind::missing ? Status() : Status(files.error());
  for (const std::string& file : *files) {
    if (!file.ends_with(kMbox)) continue;
    Status set = state.set_archive_octets(list, file.substr(0, file.size() - kMbox.size()), 0);
    if (!set) return set;
  }
  return {};
}

Result<std::string> roster_text(const store::Writer& state, const std::string& list) {
  std::string text;
  std::string cursor;
  do {
    Result<store::WalkPage> page = state.walk_members(list, cursor, kRowsAtOnce);
    if (!page) return page.error();
    for (const store::Member& member : page->members) text += member.address.text() + "\n";
    cursor = std::move(page->cursor);
  } while (!cursor.empty());
  return text;
}

Status forget_state(const lists::Site& site, const lists::ListName& name) {
  const std::string directory = site.list_directory(name);
  const std::string list = name.address();
  Result<std::unique_ptr<store::Writer>> state =
      store::Writer::open(site.database_directory(), kLockTimeout_ms, store::Load::bulk);
  if (!state) return state.error();
  Result<std::uint64_t> count = (*state)->count_members(list);
  if (!count) return count.error();
  // A second run finds no members any more and leaves what the first one wrote down.
  if (*count > 0) {
    Result<std::string> roster = roster_text(**state, list);
    if (!roster) return roster.error();
    Status kept = replace_file(directory + "/members", *roster, 0600);
    if (!kept) return kept;
  }
  Status done = (*state)->remove_list(list);
  if (done) done = forget_held(**state, list);
  if (done) done = forget_archive(**state, list, directory);
  return done ? (*state)->commit() : done;
}

Result<std::string> move_away(const lists::Site& site, const lists::ListName& name, UnixTime now) {
  const std::string folder = site.directory() + "/removed";
  const std::string from = site.list_directory(name);
  std::string to = folder + "/" + name.address() + "." + iso8601(now);
  Status done = make_directory(folder, 0700);
  if (!done) return done.error();
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    return error_from_errno("bin: move " + from + " to " + to, errno);
  }
  for (const std::string& directory : {folder, site.directory(), from.substr(0, from.rfind('/'))}) {
    if (done) done = sync_directory(directory);
  }
  if (!done) return done.error();
  return to;
}

// The state goes first: killed in between, the list is there without members, and a second run ends the work. The other
// way round a new list of that name would find the old one's members.
Result<Verdict> remove(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return name.error();
  // What was decided for the list and is not in place yet belongs into the folder before it moves.
  Status done = site->spool().finish_staged(
      call.now, [&](std::string_view staged) { return lists::finish_staged_file(*site, staged); });
  if (!done) return done.error();
  Result<Verdict> settled = settle_what_waits(call, *site, *name);
  if (!settled || *settled != Verdict::done) return settled;
  if (done = forget_state(*site, *name); !done) return done.error();
  Result<std::string> kept = move_away(*site, *name, call.now);
  if (!kept) return kept.error();
  refresh_catalogue(call, *site, *name);
  record(call, name->address(), call.arguments.has("purge") ? "purge" : "");
  if (!call.arguments.has("purge")) {
    print("removed; archive, settings and members are kept in " + *kept + "\n");
    return Verdict::done;
  }
  std::error_code failed;
  std::filesystem::remove_all(*kept, failed);
  if (failed) return Error{ErrorKind::again, "removed, but " + *kept + " is left: " + failed.message()};
  print("removed for good\n");
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, remove}};

}  // namespace

constinit const Command kRemove{
    "usage: majlis remove LIST [--purge] [--force]\n"
    "\n"
    "Takes a list away: its members, its held posts and its addresses. Archive, settings, texts and a file with the\n"
    "members' addresses are kept in SITE/removed. Refused while its mail waits to be delivered, posts wait for its\n"
    "digest, or another list makes digests of its posts.\n"
    "  --purge   nothing is kept\n"
    "  --force   all the same: mail that waits is cancelled and kept in spool/bad/\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
