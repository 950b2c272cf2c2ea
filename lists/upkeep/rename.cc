#include "lists/upkeep/rename.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/kept_request.h"
#include "lists/effects/work.h"
#include "lists/posts/digests/digest_queue.h"
#include "lists/site/former_names.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr int kLockTimeout_ms = 60'000;
constexpr std::size_t kMaxAliasOctets = 1024;

Result<FileLock> lock_lists(const Site& site) {
  return FileLock::acquire(site.directory() + "/lists/.lock", FileLock::Mode::exclusive, kLockTimeout_ms);
}

std::optional<ListName> name_of(const std::string& address) {
  const std::size_t at = address.find('@');
  return at == std::string::npos ? std::nullopt : ListName::parse(address.substr(0, at), address.substr(at + 1));
}

bool is_empty_folder(const std::string& folder) {
  const Result<std::vector<std::string>> names = list_directory(folder);
  return names && names->empty();
}

bool is_list(const Site& site, const ListName& name) { return path_exists(site.list_directory(name) + "/config"); }

// Written before the commit: tokens are good under both names from then on.
Status remember_name(const std::string& folder, const std::string& address, std::uint64_t number) {
  Result<std::vector<FormerName>> names = former_names(folder);
  if (!names) return names.error();
  if (!names->empty() && names->back().address == address && names->back().number == number) return {};
  names->push_back({address, number});
  return write_former_names(folder, *names);
}

// The change of the database, which may have been committed by a run that was killed.
Result<store::ChangeNumber> move_rows(const Site& site, store::Writer& state, const Rename& rename,
                                      const std::string& folder) {
  Result<store::ChangeNumber> named = state.named_at(rename.to);
  if (!named) return named;
  Result<store::ChangeNumber> removed = state.removed_at(rename.from);
  if (!removed) return removed;
  if (*named != 0 && *named == *removed) return named;
  Result<store::ChangeNumber> since = state.named_at(rename.from);
  if (!since) return since;
  // It belongs into the folder before that moves.
  Status done = publish_leftovers(site, state);
  if (done) done = remember_name(folder, rename.from, std::max(*removed, *since));
  if (!done) return done.error();
  Result<store::ChangeNumber> change = state.rename_list(rename.from, rename.to);
  if (!change) return change;
  done = rename_kept_requests(state, rename.from, rename.to, rename.time);
  if (done) done = state.commit();
  return done ? change : done.error();
}

// Also what a process that was killed here has left of one.
Status remove_alias(const std::string& folder) {
  const std::string file = folder + "/" + kAliasFile;
  if (unlink(file.c_str()) != 0 && errno != ENOENT) return error_from_errno("lists: remove " + file, errno);
  if (rmdir(folder.c_str()) != 0 && errno != ENOENT) return error_from_errno("lists: remove " + folder, errno);
  return {};
}

Status move_folder(const Site& site, const ListName& from, const ListName& to) {
  const std::string before = site.list_directory(from);
  const std::string after = site.list_directory(to);
  const std::string domain = site.directory() + "/lists/" + to.domain();
  Status done = make_directory(domain, 0700);
  if (done && !is_list(site, to)) done = remove_alias(after);
  if (!done) return done;
  if (renameat2(AT_FDCWD, before.c_str(), AT_FDCWD, after.c_str(), RENAME_NOREPLACE) != 0) {
    return error_from_errno("lists: rename " + before + " to " + after, errno);
  }
  done = sync_directory(domain);
  return done ? sync_directory(site.directory() + "/lists/" + from.domain()) : done;
}

// Aliases that led to the list lead to it by its new name; its former name becomes one, or is nobody's.
Status lead_aliases(const Site& site, const ListName& from, const ListName& to, bool keeps_alias) {
  const std::string own = site.list_directory(from);
  Status done = keeps_alias ? make_directory(own, 0700) : Status();
  if (done && keeps_alias) done = replace_file(own + "/" + kAliasFile, to.address() + "\n", 0600);
  for (const ListName& alias : site.alias_names()) {
    const std::string file = site.list_directory(alias) + "/" + kAliasFile;
    const Result<std::string> target = read_file(file, kMaxAliasOctets);
    if (done && target && trim(*target) == from.address()) done = replace_file(file, to.address() + "\n", 0600);
  }
  return done;
}

// All of it may be done again.
Status carry_out(const Site& site, std::vector<Rename> renames) {
  Rename& rename = renames.back();
  const std::optional<ListName> from = name_of(rename.from);
  const std::optional<ListName> to = name_of(rename.to);
  if (!from || !to) return Error{ErrorKind::damaged, "lists: rename: lists/.renames names no list"};
  Result<std::unique_ptr<store::Writer>> state = site.open_renaming_writer();
  if (!state) return state.error();
  const bool is_here = is_list(site, *from);
  Result<store::ChangeNumber> change = move_rows(site, **state, rename, site.list_directory(is_here ? *from : *to));
  if (!change) return change.error();
  Status done = is_here ? move_folder(site, *from, *to) : Status();
  if (done) done = lead_aliases(site, *from, *to, rename.keeps_alias);
  rename.change = *change;
  return done ? write_renames(site.directory(), renames) : done;
}

Status finish_last(const Site& site) {
  Result<std::vector<Rename>> renames = read_renames(site.directory());
  if (!renames) return renames.error();
  return renames->empty() || renames->back().change != 0 ? Status() : carry_out(site, std::move(*renames));
}

Status check_names(const Site& site, const ListName& from, const ListName& to) {
  if (!is_list(site, from)) return Error{ErrorKind::missing, "there is no list " + from.address()};
  const bool is_own_alias = site.alias_target(to) == from;
  if (path_exists(site.list_directory(to)) && !is_own_alias) {
    return Error{ErrorKind::refused, to.address() + " is there already"};
  }
  const Result<List> list = List::open(site, from);
  if (!list) return list.error();
  const Result<std::optional<DigestList>> digests = digest_list_of(site, from);
  if (!digests) return digests.error();
  if (*digests || !list->config().text(Setting::digest_of).empty()) {
    return Error{ErrorKind::refused,
                 "a list of digests is known by the name of the list whose posts they have: unset "
                 "digest_of of " +
                     (*digests ? (*digests)->list.address() : from.address()) + " first"};
  }
  return {};
}

}  // namespace

Status rename_list(const Site& site, const ListName& from, const ListName& to, FormerAddress former, UnixTime now) {
  const Result<FileLock> lock = lock_lists(site);
  if (!lock) return lock.error();
  Status done = finish_last(site);
  if (done) done = check_names(site, from, to);
  if (!done) return done;
  Result<std::vector<Rename>> renames = read_renames(site.directory());
  if (!renames) return renames.error();
  renames->push_back({from.address(), to.address(), 0, now, former == FormerAddress::alias});
  done = write_renames(site.directory(), *renames);
  return done ? carry_out(site, std::move(*renames)) : done;
}

Result<bool> finish_rename(const Site& site) {
  const Result<std::vector<Rename>> renames = read_renames(site.directory());
  if (!renames) return renames.error();
  if (renames->empty() || renames->back().change != 0) return false;
  const Result<FileLock> lock = lock_lists(site);
  if (!lock) return lock.error();
  Status done = finish_last(site);
  return done ? Result<bool>(true) : done.error();
}

Result<bool> forget_alias(const Site& site, const ListName& former) {
  const Result<FileLock> lock = lock_lists(site);
  if (!lock) return lock.error();
  const std::string folder = site.list_directory(former);
  const bool is_left_over = path_exists(folder) && !is_list(site, former) && is_empty_folder(folder);
  if (!is_left_over && !path_exists(folder + "/" + kAliasFile)) return false;
  Status done = remove_alias(folder);
  if (done) done = sync_directory(site.directory() + "/lists/" + former.domain());
  return done ? Result<bool>(true) : done.error();
}

Result<bool> was_renamed(const Site& site, const ListName& from, const ListName& to) {
  const Result<std::vector<Rename>> renames = read_renames(site.directory());
  if (!renames) return renames.error();
  return std::any_of(renames->begin(), renames->end(), [&](const Rename& rename) {
    return rename.change != 0 && rename.from == from.address() && rename.to == to.address();
  });
}

}  // namespace majlis::lists
