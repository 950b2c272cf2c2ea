#include "auth/password.h"
#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/mta/mta.h"
#include "lists/effects/new_list.h"
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

Result<lists::ListPasswords> hash(const NewPasswords& passwords, const auth::SecretKey& key) {
  Result<std::string> admin = auth::hash_password(passwords.admin, key);
  if (!admin) return admin.error();
  Result<std::string> approve = auth::hash_password(passwords.approve, key);
  if (!approve) return approve.error();
  return lists::ListPasswords{*admin, *approve};
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
  Result<lists::ListName> name = new_list_name(call.word(0), site->config().domain);
  if (!name) return name.error();
  Result<lists::Preset> preset = preset_from(call.arguments);
  if (!preset) return preset.error();
  std::vector<std::string> owners = call.arguments.values("owner");
  const bool names_no_owner = owners.empty();
  if (names_no_owner) owners = {site->config().postmaster};
  Result<lists::ListConfig> config = config_from(*preset, owners, call.arguments.values("moderator"));
  if (!config) return config.error();
  const NewPasswords passwords{auth::generate_password(), auth::generate_password()};
  Result<lists::ListPasswords> hashes = hash(passwords, site->keys().front());
  if (!hashes) return hashes.error();
  const bool is_new_domain = !lists::is_our_domain(*site, name->domain());
  Status made = lists::new_list(*site, *name, *config, *hashes);
  if (!made && made.error().kind == ErrorKind::refused) {
    return Error{ErrorKind::refused, made.error().what + "; 'majlis passwd' makes it a new password"};
  }
  if (!made) return made.error();
  refresh_catalogue(call, *site, *name);
  refresh_mta_maps(call, *site);
  record(call, name->address(), lists::name_of(*preset));
  call.shows_password = true;
  print_once(call, *name, *preset, config->lines(lists::Setting::owner), passwords);
  if (is_new_domain) {
    complain(call, name->domain() +
                       " is new to this site: the MTA must hand its mail over as well; 'majlis mta' tells how, and "
                       "once its maps are installed 'postfix reload' is enough");
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
