#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "auth/password.h"
#include "base/file.h"
#include "base/text.h"
#include "bin/admin/call.h"
#include "bin/admin/print.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/presets.h"
#include "lists/site/directory.h"
#include "lists/site/list_passwords.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {
    {"preset", Takes::value}, {"owner", Takes::value}, {"moderator", Takes::value}, {"json", Takes::nothing}};

struct NewPasswords {
  std::string admin;
  std::string approve;
};

Result<lists::ListName> name_from(const lists::Site& site, const std::string& written) {
  const std::size_t at = written.rfind('@');
  const std::string domain = at == std::string::npos ? site.config().domain : written.substr(at + 1);
  auto name = lists::ListName::parse(written.substr(0, at), domain);
  if (name) return std::move(*name);
  return Error{ErrorKind::refused,
               "'" + printable(written, 100) +
                   "' cannot be a list's name: 1 to 40 letters, digits, '-', '_' or '.', beginning with a letter or "
                   "digit, no '..'; not a word like majordomo or postmaster, not beginning with owner-, not ending in "
                   "-request, -owner, -bounces, -approval, -subscribe, -join, -unsubscribe, -leave, -signoff or "
                   "-confirm; and the domain a domain name"};
}

Result<lists::Preset> preset_from(const Arguments& arguments) {
  if (!arguments.has("preset")) return lists::kDefaultPreset;
  const std::string written = arguments.value("preset");
  if (const auto preset = lists::find_preset(written)) return *preset;
  std::string known;
  for (const lists::Preset preset : lists::all_presets()) {
    known += (known.empty() ? "" : ", ") + std::string(lists::name_of(preset));
  }
  return Error{ErrorKind::refused, "--preset: '" + printable(written, 80) + "' is none of " + known};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

Result<lists::ListConfig> config_from(lists::Preset preset, const std::vector<std::string>& owners,
                                      const std::vector<std::string>& moderators) {
  lists::ListConfig config = lists::config_for(preset);
  Status set = config.set(lists::Setting::owner, joined(owners));
  if (set && !moderators.empty()) set = config.set(lists::Setting::moderators, joined(moderators));
  if (!set) return set.error();
  return config;
}

Result<lists::ListPasswords> hash(const NewPasswords& passwords) {
  Result<std::string> admin = auth::hash_password(passwords.admin);
  if (!admin) return admin.error();
  Result<std::string> approve = auth::hash_password(passwords.approve);
  if (!approve) return approve.error();
  return lists::ListPasswords{*admin, *approve};
}

Status fill(const std::string& directory, const lists::ListConfig& config, const lists::ListPasswords& passwords) {
  Status done = make_directory(directory, 0700);
  for (const char* folder : {"/files", "/held", "/archive", "/posters"}) {
    if (done) done = make_directory(directory + folder, 0700);
  }
  if (done) done = passwords.save(directory);
  if (done) done = create_file(directory + "/config", config.write(), 0600);
  return done;
}

// A list is there as a whole or not at all: it is made under a name that no list can have, then renamed.
Status make_list(const lists::Site& site, const lists::ListName& name, const lists::ListConfig& config,
                 const lists::ListPasswords& passwords) {
  const std::string all_lists = site.directory() + "/lists";
  const std::string domain = all_lists + "/" + name.domain();
  const std::string unfinished = domain + "/." + name.name() + ".new";
  Result<FileLock> lock = FileLock::acquire(all_lists + "/.lock", FileLock::Mode::exclusive, kLockTimeout_ms);
  if (!lock) return lock.error();
  if (path_exists(site.list_directory(name))) {
    return Error{ErrorKind::refused, "the list " + name.address() + " is there already"};
  }
  Status done = make_directory(domain, 0700);
  if (done) done = sync_directory(all_lists);
  std::error_code ignored;
  std::filesystem::remove_all(unfinished, ignored);  // left by a run that was killed
  if (done) done = fill(unfinished, config, passwords);
  if (!done) return done;
  if (renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, site.list_directory(name).c_str(), RENAME_NOREPLACE) != 0) {
    return error_from_errno("bin: create " + site.list_directory(name), errno);
  }
  return sync_directory(domain);
}

void print_once(const Call& call, const lists::ListName& name, lists::Preset preset,
                const std::vector<std::string>& owners, const NewPasswords& passwords) {
  if (call.wants_json()) {
    print(JsonLine()
              .text("list", name.address())
              .text("preset", lists::name_of(preset))
              .texts("owners", owners)
              .text("admin_password", passwords.admin)
              .text("approve_password", passwords.approve)
              .line());
    return;
  }
  print("admin password: " + passwords.admin + "\napprove password: " + passwords.approve + "\n");
}

Result<Verdict> create(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> name = name_from(*site, call.word(0));
  if (!name) return name.error();
  Result<lists::Preset> preset = preset_from(call.arguments);
  if (!preset) return preset.error();
  std::vector<std::string> owners = call.arguments.values("owner");
  const bool names_no_owner = owners.empty();
  if (names_no_owner) owners = {site->config().postmaster};
  Result<lists::ListConfig> config = config_from(*preset, owners, call.arguments.values("moderator"));
  if (!config) return config.error();
  const NewPasswords passwords{auth::generate_password(), auth::generate_password()};
  Result<lists::ListPasswords> hashes = hash(passwords);
  if (!hashes) return hashes.error();
  const bool is_new_domain = !lists::is_our_domain(*site, name->domain());
  Status made = make_list(*site, *name, *config, *hashes);
  if (!made) return made.error();
  refresh_catalogue(call, *site, *name);
  record(call, name->address(), lists::name_of(*preset));
  print_once(call, *name, *preset, config->lines(lists::Setting::owner), passwords);
  if (is_new_domain) {
    complain(call,
             name->domain() + " is new to this site: the MTA must hand its mail over as well, see majlis-receive(8)");
  }
  if (names_no_owner) complain(call, "without --owner the site's postmaster, " + owners.front() + ", owns the list");
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, create}};

}  // namespace

constinit const Command kCreate{
    "usage: majlis create LIST[@DOMAIN] [--preset PRESET] [--owner ADDRESS]... [--moderator ADDRESS]... [--json]\n"
    "\n"
    "Makes a list and prints its two passwords, once: they are kept as hashes only.\n"
    "  --preset PRESET       announce-only, newsletter, private-discussion, moderated-private-discussion\n"
    "                        (default) or public-discussion\n"
    "  --owner ADDRESS       may be repeated; without it the site's postmaster owns the list\n"
    "  --moderator ADDRESS   may be repeated; without it the owners moderate\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
