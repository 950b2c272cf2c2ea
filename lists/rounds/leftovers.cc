#include "lists/rounds/leftovers.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/log.h"
#include "base/temporary_name.h"
#include "spool/spool.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::string_view kSwept = "leftovers_swept";
constexpr std::string_view kHeldSuffix = ".eml";
constexpr std::string_view kWhy = ".why";
constexpr std::string_view kRewrite = ".rewrite";
constexpr std::string_view kUnfinished = ".new";

void complain(const Error& error) { log(Severity::warning, LogLine("swept").with(error)); }

void told(const std::string& path) { log(Severity::info, LogLine("swept").with("file", path)); }

bool is_old(const std::string& path, UnixTime now) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && now - status.st_mtime >= spool::kSweepAge;
}

// Those of the old files in a folder that `is_left` says yes to. A folder that is not there has none.
std::vector<std::string> old_files(const std::string& folder, UnixTime now,
                                   const std::function<bool(std::string_view name)>& is_left) {
  std::vector<std::string> found;
  const Result<std::vector<std::string>> names = list_directory(folder);
  if (!names && names.error().kind != ErrorKind::missing) complain(names.error());
  if (!names) return found;
  for (const std::string& name : *names) {
    if (is_left(name) && is_old(folder + "/" + name, now)) found.push_back(name);
  }
  return found;
}

void remove_one(const std::string& path) {
  if (unlink(path.c_str()) == 0) {
    told(path);
  } else if (errno != ENOENT) {
    complain(error_from_errno("lists: remove " + path, errno));
  }
}

void remove_old(const std::string& folder, UnixTime now, const std::function<bool(std::string_view name)>& is_left) {
  for (const std::string& name : old_files(folder, now, is_left)) {
    remove_one(folder + "/" + name);
  }
}

// ".NAME.rewrite" of a job that has no longer that name; a job that has it removes its own when it is claimed.
bool is_lost_rewrite(const std::string& folder, std::string_view name) {
  if (!name.starts_with('.') || !name.ends_with(kRewrite) || name.size() <= 1 + kRewrite.size()) return false;
  const std::string_view job = name.substr(1, name.size() - 1 - kRewrite.size());
  return !path_exists(folder + "/" + std::string(job));
}

bool is_lost_reason(const std::string& folder, std::string_view name) {
  if (!name.ends_with(kWhy)) return false;
  return !path_exists(folder + "/" + std::string(name.substr(0, name.size() - kWhy.size())));
}

void sweep_spool(const std::string& spool, UnixTime now) {
  for (const char* each : {"/new", "/later"}) {
    const std::string folder = spool + each;
    remove_old(folder, now, [&](std::string_view name) { return is_lost_rewrite(folder, name); });
  }
  const std::string bad = spool + "/bad";
  remove_old(bad, now, [&](std::string_view name) { return is_temporary_name(name) || is_lost_reason(bad, name); });
}

// When it was set aside its reason was written; a rename leaves the time of the file itself.
UnixTime time_set_aside(const std::string& path) {
  struct stat status {};
  const bool is_known = lstat((path + std::string(kWhy)).c_str(), &status) == 0 || lstat(path.c_str(), &status) == 0;
  return is_known ? status.st_mtime : INT64_MAX;
}

void sweep_bad(const Site& site, UnixTime now) {
  const UnixTime days = site.config().bad_days;
  if (days == 0) return;
  const std::string bad = site.spool().directory() + "/bad/";
  const auto is_over = [&](std::string_view name) {
    return !name.ends_with(kWhy) && time_set_aside(bad + std::string(name)) <= now - days * kDay;
  };
  for (const std::string& name : old_files(bad, now, is_over)) {
    // The reason alone would be swept; what lies there is never without it.
    for (const std::string& path : {bad + name, bad + name + std::string(kWhy)}) remove_one(path);
  }
}

// A list on its way: `majlis create` renames it when it is whole.
void sweep_unfinished_lists(const std::string& domain, UnixTime now) {
  const auto is_unfinished = [](std::string_view name) { return name.starts_with('.') && name.ends_with(kUnfinished); };
  for (const std::string& name : old_files(domain, now, is_unfinished)) {
    const std::string path = domain + "/" + name;
    std::error_code failed;
    std::filesystem::remove_all(path, failed);
    if (failed) return complain({ErrorKind::again, "lists: remove " + path + ": " + failed.message()});
    told(path);
  }
}

// It was decided and its file outlived a kill, or the database is an older one: nobody can tell, so it is kept.
void sweep_held(const Site& site, const ListName& list, UnixTime now) {
  const std::string folder = site.list_directory(list) + "/held";
  const auto is_post = [](std::string_view name) { return name.ends_with(kHeldSuffix); };
  for (const std::string& name : old_files(folder, now, is_post)) {
    Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
    if (!reader) return complain(reader.error());
    const auto post = (*reader)->find_pending(list.address(), name.substr(0, name.size() - kHeldSuffix.size()));
    if (!post) return complain(post.error());
    if (*post) continue;
    reader = Error{ErrorKind::again, "lists: closed"};
    const std::string path = folder + "/" + name;
    const Status moved = site.spool().move_aside(
        path, list.address() + "." + name, "a post that was held for " + list.address() + ", and no entry says so");
    if (!moved) return complain(moved.error());
    told(path);
  }
}

}  // namespace

Result<bool> are_leftovers_due(store::Writer& state, UnixTime now) {
  const Result<std::uint64_t> swept = state.fact(kSwept);
  if (!swept) return swept.error();
  const auto last = static_cast<UnixTime>(*swept);
  if (last <= now && now - last < kDay) return false;
  if (Status noted = state.set_fact(kSwept, static_cast<std::uint64_t>(now)); !noted) return noted.error();
  return true;
}

void sweep_leftovers(const Site& site, UnixTime now) {
  const std::string& top = site.directory();
  for (const char* folder : {"", "/texts/en", "/texts/fr", "/lists"}) remove_old(top + folder, now, is_temporary_name);
  sweep_spool(site.spool().directory(), now);
  sweep_bad(site, now);
  const Result<std::vector<std::string>> domains = list_directory(top + "/lists");
  if (!domains) return complain(domains.error());
  for (const std::string& domain : *domains) {
    if (!domain.starts_with('.')) sweep_unfinished_lists(top + "/lists/" + domain, now);
  }
  const Result<std::vector<ListName>> lists = site.list_names();
  if (!lists) return complain(lists.error());
  for (const ListName& list : *lists) {
    for (const char* folder : {"", "/files", "/posters", "/archive", "/digest"}) {
      remove_old(site.list_directory(list) + folder, now, is_temporary_name);
    }
    sweep_held(site, list, now);
  }
}

}  // namespace majlis::lists
