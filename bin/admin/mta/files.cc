#include "bin/admin/mta/files.h"

#include <pwd.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "bin/admin/call/programs.h"
#include "lists/site/directory.h"

namespace majlis::bin::admin {
namespace {

constexpr std::string_view kPlainCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-=@,";
constexpr const char* kUsualUser = "majlis";
constexpr const char* kMakersPath = "PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin";
constexpr std::size_t kMaxMapOctets = std::size_t{1024} * 1024 * 1024;

std::string owner_of(const Call& call, const lists::Site& site) {
  struct stat status {};
  if (stat(site.directory().c_str(), &status) != 0) return kUsualUser;
  if (status.st_uid == 0) {
    complain(call, "the site belongs to root, and an MTA runs no program as root: make a user for it, and chown -R " +
                       std::string(kUsualUser) + ": " + site.directory());
    return kUsualUser;
  }
  const passwd* owner = getpwuid(status.st_uid);
  return owner != nullptr ? owner->pw_name : std::to_string(status.st_uid);
}

std::string whole_path(const std::string& directory) {
  std::array<char, PATH_MAX> resolved{};
  return realpath(directory.c_str(), resolved.data()) != nullptr ? resolved.data() : directory;
}

Status add_addresses(const lists::Site& site, Wiring& wiring) {
  Result<std::vector<lists::ListName>> names = site.list_names();
  if (!names) return names.error();
  const std::vector<lists::ListName> aliases = site.alias_names();
  names->insert(names->end(), aliases.begin(), aliases.end());
  std::set<std::string> domains{site.config().domain};
  std::set<std::string> recipients;
  std::set<std::string> local_parts;
  for (const lists::ListName& name : *names) {
    domains.insert(name.domain());
    for (const std::string& part : lists::local_parts_of(name)) {
      recipients.insert(part + "@" + name.domain());
      local_parts.insert(part);
    }
  }
  for (const std::string& part : lists::site_local_parts()) {
    for (const std::string& domain : domains) recipients.insert(part + "@" + domain);
    local_parts.insert(part);
  }
  wiring.domains.assign(domains.begin(), domains.end());
  wiring.recipients.assign(recipients.begin(), recipients.end());
  wiring.local_parts.assign(local_parts.begin(), local_parts.end());
  return {};
}

// As the site's user, and with nothing of our environment.
Status make_database(const Call& call, std::string_view maker, const std::string& path) {
  std::string program(maker);
  std::string file = "hash:" + path;
  std::array<char*, 3> words{program.data(), file.data(), nullptr};
  std::string search = kMakersPath;
  std::string config = "MAIL_CONFIG=" + call.mail_config;
  std::array<char*, 3> environment{search.data(), call.mail_config.empty() ? nullptr : config.data(), nullptr};
  pid_t child = 0;
  const std::string_view folders = std::string_view(search).substr(search.find('=') + 1);
  for (const std::string_view folder : split_at(folders, ':')) {
    const std::string whole = std::string(folder) + "/" + program;
    if (access(whole.c_str(), X_OK) != 0) continue;
    const int code = posix_spawn(&child, whole.c_str(), nullptr, nullptr, words.data(), environment.data());
    if (code != 0) return error_from_errno("bin: start " + whole, code);
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
      if (errno != EINTR) return error_from_errno("bin: wait for " + whole, errno);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    return Error{ErrorKind::refused, program + " made no database of " + path + "; see what it says"};
  }
  return Error{ErrorKind::missing, "there is no program " + program + ": is Postfix installed?"};
}

// The umask is for secrets, and these are none.
Status let_others_read(const std::string& path, mode_t mode) {
  if (chmod(path.c_str(), mode) == 0) return {};
  return error_from_errno("bin: chmod " + path, errno);
}

Status make_folder(const lists::Site& site, const Mta& mta, const std::string& folder) {
  Status made = make_directories(folder, 0700);
  if (made) made = let_others_read(site.directory() + "/mta", 0755);
  if (made) made = let_others_read(folder, 0755);
  struct stat status {};
  if (!made || !mta.reads_as_itself || stat(site.directory().c_str(), &status) != 0) return made;
  // To come by, not to look in.
  return let_others_read(site.directory(), (status.st_mode & 07777) | S_IXOTH);
}

Status write_map(const Call& call, const Wiring& wiring, const MtaFile& map) {
  const std::string path = path_of(wiring, map);
  Status written = replace_file(path, map.text(wiring), 0644);
  if (written) written = let_others_read(path, 0644);
  if (!written || map.maker.empty()) return written;
  return make_database(call, map.maker, path);
}

}  // namespace

Result<Wiring> wiring_of(const Call& call, const lists::Site& site, const Mta& mta) {
  const std::string directory = whole_path(site.directory());
  Wiring wiring;
  wiring.user = owner_of(call, site);
  wiring.command = program_folder() + "/majlis-receive --site " + directory;
  wiring.folder = directory + "/mta/" + std::string(mta.name);
  for (const std::string& path : {program_folder(), directory}) {
    if (path.find_first_not_of(kPlainCharacters) != std::string::npos) {
      return Error{ErrorKind::refused,
                   "'" + printable(path, 200) + "' has characters that an MTA would not take as they are: move it"};
    }
  }
  Status added = add_addresses(site, wiring);
  if (!added) return added.error();
  return wiring;
}

std::string path_of(const Wiring& wiring, const MtaFile& file) {
  return file.name.starts_with('/') ? std::string(file.name) : wiring.folder + "/" + std::string(file.name);
}

bool is_installed(const Wiring& wiring, const Mta& mta) {
  return std::all_of(mta.maps.begin(), mta.maps.end(),
                     [&](const MtaFile& map) { return path_exists(path_of(wiring, map)); });
}

Status update_maps(const Call& call, const Wiring& wiring, const Mta& mta) {
  Status done;
  for (const MtaFile& map : mta.maps) {
    const Result<std::string> text = read_file(path_of(wiring, map), kMaxMapOctets);
    if (done && (!text || *text != map.text(wiring))) done = write_map(call, wiring, map);
  }
  return done;
}

Status install_maps(const Call& call, const lists::Site& site, const Mta& mta, const Wiring& wiring) {
  Status done = make_folder(site, mta, wiring.folder);
  for (const MtaFile& map : mta.maps) {
    if (done) done = write_map(call, wiring, map);
  }
  return done;
}

}  // namespace majlis::bin::admin
