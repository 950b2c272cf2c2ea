#include "bin/admin/call.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "auth/secret_file.h"
#include "base/log.h"
#include "base/process.h"
#include "base/text.h"
#include "bin/admin/print.h"
#include "lists/site/catalogue.h"
#include "lists/site/directory.h"

namespace majlis::bin::admin {

namespace {

constexpr std::size_t kMaxListsNamed = 5;

// Who could do it, when somebody else's site was refused to us.
std::string advice_about_user(const std::string& directory) {
  struct stat status {};
  if (stat(directory.c_str(), &status) != 0 || status.st_uid == geteuid()) return {};
  const passwd* owner = getpwuid(status.st_uid);
  const std::string name = owner != nullptr ? owner->pw_name : std::to_string(status.st_uid);
  return "; the site belongs to " + name + ": run this as root, or by 'sudo -u " + name + "'";
}

std::string lists_there_are(const lists::Site& site) {
  const Result<std::vector<lists::ListName>> names = site.list_names();
  if (!names) return {};
  if (names->empty()) return "; it has none yet, 'majlis create' makes one";
  std::string text = "; there is";
  for (std::size_t i = 0; i < names->size() && i < kMaxListsNamed; ++i) {
    text += (i == 0 ? " " : ", ") + (*names)[i].address();
  }
  if (names->size() > kMaxListsNamed) text += ", and " + std::to_string(names->size() - kMaxListsNamed) + " more";
  return text;
}

}  // namespace

Result<lists::Site> open_site(const Call& call) {
  Status settled = settle_in(call.site_directory);
  if (settled) settled = auth::start_crypto();
  if (!settled) return settled.error();
  Result<lists::Site> site = lists::Site::open(call.site_directory);
  if (!site) return Error{site.error().kind, site.error().what + advice_about_user(call.site_directory)};
  open_log("majlis", site->config().log_file);
  return site;
}

Result<lists::ListName> find_list(const lists::Site& site, const Call& call) {
  const std::string& written = call.word(0);
  const auto list = lists::find_list(site, written, site.config().domain);
  if (list) return *list;
  return Error{ErrorKind::missing,
               "there is no list '" + printable(written, 100) + "' at this site" + lists_there_are(site)};
}

Result<OpenedList> open_list(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return name.error();
  Result<lists::List> list = lists::List::open(*site, *name);
  if (!list) return list.error();
  return OpenedList{std::move(*site), std::move(*list)};
}

void complain(const Call& call, std::string_view text) {
  print_error("majlis: " + call.command + ": " + std::string(text) + "\n");
}

Verdict wrong_use(const Call& call, std::string_view why) {
  complain(call, why);
  print_error(call.usage);
  return Verdict::wrong_use;
}

Verdict not_in_this_version(std::string_view command) {
  print_error("majlis: " + std::string(command) + ": not in this version\n");
  return Verdict::wanting;
}

void refresh_catalogue(const Call& call, const lists::Site& site, const lists::ListName& name) {
  const Status refreshed = lists::refresh_catalogue(site, name);
  if (!refreshed) complain(call, refreshed.error().what + "; LISTS shows the change after the next majlis-flush");
}

void record(const Call& call, std::string_view list, std::string_view what) {
  const std::string name = call.verb.empty() ? call.command : call.command + "-" + call.verb;
  log(Severity::info, LogLine("admin").with("command", name).with("list", list).with("what", what));
}

}  // namespace majlis::bin::admin
