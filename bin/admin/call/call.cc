#include "bin/admin/call/call.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "auth/secret_file.h"
#include "base/error_words.h"
#include "base/log_lines.h"
#include "base/process.h"
#include "base/text.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/suggestion.h"
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

// Of the names as they may be written, in the site's own domain without one.
std::string list_meant(const lists::Site& site, const std::string& written, const std::vector<lists::ListName>& names) {
  const bool has_domain = written.find('@') != std::string::npos;
  std::vector<std::string> known;
  for (const lists::ListName& name : names) {
    if (has_domain || name.domain() != site.config().domain) known.push_back(name.address());
    if (!has_domain && name.domain() == site.config().domain) known.push_back(name.name());
  }
  return suggestion(written, known);
}

std::string lists_there_are(const lists::Site& site, const std::string& written) {
  const Result<std::vector<lists::ListName>> names = site.list_names();
  if (!names) return {};
  if (names->empty()) return "; it has none yet, 'majlis create' makes one";
  if (const std::string meant = list_meant(site, written, *names); !meant.empty()) return meant;
  std::string text = "; there is";
  for (std::size_t i = 0; i < names->size() && i < kMaxListsNamed; ++i) {
    text += (i == 0 ? " " : ", ") + (*names)[i].address();
  }
  if (names->size() > kMaxListsNamed) text += ", and " + std::to_string(names->size() - kMaxListsNamed) + " more";
  return text;
}

std::string name_of(const Call& call) { return call.verb.empty() ? call.command : call.command + "-" + call.verb; }

}  // namespace

Result<lists::Site> open_site(const Call& call) {
  Status settled = settle_in(call.site_directory);
  if (settled) settled = auth::start_crypto();
  if (!settled) return settled.error();
  Result<lists::Site> site = lists::Site::open(call.site_directory);
  if (!site) return Error{site.error().kind, site.error().what + advice_about_user(call.site_directory)};
  open_log("majlis", site->log_file());
  return site;
}

Result<lists::ListName> find_list(const lists::Site& site, const Call& call) {
  const std::string& written = call.word(0);
  const auto list = lists::find_list(site, written, site.config().domain);
  if (list) return *list;
  return Error{ErrorKind::missing,
               "there is no list '" + printable(written, 100) + "' at this site" + lists_there_are(site, written)};
}

Result<lists::ListName> new_list_name(const std::string& written, const std::string& default_domain) {
  const std::size_t at = written.rfind('@');
  const std::string domain = at == std::string::npos ? default_domain : written.substr(at + 1);
  auto name = lists::ListName::parse(written.substr(0, at), domain);
  if (name) return std::move(*name);
  return Error{ErrorKind::refused,
               "'" + printable(written, 100) +
                   "' cannot be a list's name: 1 to 40 letters, digits, '-', '_' or '.', beginning with a letter or "
                   "digit, no '..'; not a word like majordomo or postmaster, not beginning with owner-, not ending in "
                   "-request, -owner, -bounces, -approval, -subscribe, -join, -unsubscribe, -leave, -signoff or "
                   "-confirm; and the domain a domain name"};
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
  print_error("majlis: " + call.command + ": " + without_rooms(text) + "\n");
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
  call.has_changed_something = true;
  log(Severity::info, LogLine("admin").with("command", name_of(call)).with("list", list).with("what", what));
}

void record_members(const Call& call, std::string_view list, const std::vector<mail::Address>& addresses,
                    std::string_view what) {
  std::vector<LogLine> lines;
  for (const mail::Address& address : addresses) {
    lines.push_back(LogLine("admin")
                        .with("command", name_of(call))
                        .with("list", list)
                        .with("address", address.canonical())
                        .with("what", what));
  }
  log_all(Severity::info, lines);
  if (!lines.empty()) call.has_changed_something = true;
}

}  // namespace majlis::bin::admin
