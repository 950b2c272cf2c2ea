#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "bin/admin/check/check.h"
#include "lists/effects/scanning.h"
#include "lists/members/roster_view.h"
#include "lists/site/config/posting_values.h"
#include "lists/site/directory.h"
#include "lists/site/list.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxPostersOctets = 1024 * 1024;

// Of a file of addresses, one a line.
bool names_anybody(const std::string& path) {
  const Result<std::string> text = read_file(path, kMaxPostersOctets);
  if (!text) return false;
  std::string_view rest = *text;
  while (const auto line = next_line(rest)) {
    const std::string_view content = trim(*line);
    if (!content.empty() && content.front() != '#') return true;
  }
  return false;
}

// The list itself may be as new as its first member; another one is named for the members it has.
bool lets_somebody_post(const lists::Site& site, const lists::List& list, std::string_view name) {
  if (names_anybody(list.directory() + "/posters/" + std::string(name))) return true;
  const std::optional<lists::ListName> other = lists::find_list(site, name, list.name().domain());
  if (!other) return false;
  if (*other == list.name()) return true;
  const Result<std::vector<std::uint64_t>> count = lists::count_members(site, {*other});
  return !count || count->front() > 0;
}

void check_posters(const lists::Site& site, const lists::List& list, Findings& findings) {
  const std::string& posters = list.config().text(lists::Setting::restrict_post);
  if (posters.empty()) return;
  for (const std::string_view name : lists::poster_names(posters)) {
    if (lets_somebody_post(site, list, name)) return;
  }
  const std::string address = list.address();
  findings.push_back(wanting("lists",
                             address + ": restrict_post = " + posters +
                                 " lets nobody post: it names no list with members and no file with addresses",
                             "'majlis config " + address + " set restrict_post " + list.name().name() +
                                 "' for its members, 'majlis config " + address +
                                 " unset restrict_post' for everybody, or write addresses into " + list.directory() +
                                 "/posters/NAME"));
}

Finding unusable(const lists::Site& site, const lists::ListName& name, const Error& error) {
  const std::string folder = site.list_directory(name);
  const bool may_read = access((folder + "/config").c_str(), R_OK) == 0 || errno != EACCES;
  return wanting("lists", error.what,
                 may_read ? "mend it; 'majlis config " + name.address() + " edit'"
                          : "as root: chown -R --reference=" + site.directory() + " " + folder);
}

// What is wanting about a list that can be read.
void check_list(const lists::Site& site, const lists::List& list, Findings& findings) {
  const std::string address = list.address();
  if (list.owners().empty()) {
    findings.push_back(wanting("lists", address + " has no owner", "majlis config " + address + " set owner ADDRESS"));
  }
  check_posters(site, list, findings);
  if (site.config().scanner.empty() && lists::is_scanned(site, list)) {
    findings.push_back(wanting(
        "lists", address + ": antivirus = yes, and site.conf has no scanner: every post waits",
        "set scanner in " + site.directory() + "/site.conf, or 'majlis config " + address + " unset antivirus'"));
  }
  const std::string& digest_of = list.config().text(lists::Setting::digest_of);
  if (!digest_of.empty() && !lists::find_list(site, digest_of, list.name().domain())) {
    findings.push_back(wanting("lists", address + ": digest_of names " + digest_of + ", and there is no such list",
                               "'majlis create " + digest_of + "', or, when what it has collected is sent, 'majlis " +
                                   "config " + address + " unset digest_of'"));
  }
}

}  // namespace

void check_lists(const lists::Site& site, Findings& findings) {
  Result<std::vector<lists::ListName>> names = site.list_names();
  if (!names) {
    findings.push_back(wanting("lists", names.error().what, "give " + site.directory() + "/lists to the site's owner"));
    return;
  }
  const std::size_t before = findings.size();
  for (const lists::ListName& name : *names) {
    Result<lists::List> list = lists::List::open(site, name);
    if (!list) {
      findings.push_back(unusable(site, name, list.error()));
    } else {
      check_list(site, *list, findings);
    }
  }
  if (findings.size() == before) findings.push_back(ok("lists", count_of(names->size(), "list") + ", all can be used"));
}

}  // namespace majlis::bin::admin
