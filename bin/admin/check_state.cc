#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "bin/admin/check.h"
#include "lists/rounds/site_check.h"
#include "lists/site/directory.h"
#include "lists/site/list.h"

namespace majlis::bin::admin {
namespace {

constexpr std::uint64_t kLeastFreeOctets = 100 * 1024 * 1024;
constexpr std::uint64_t kLeastFreeFiles = 1000;
// Right all the same, only slower.
constexpr const char* kReplays =
    "; slower than it could be, as the log is replayed at each opening: /proc/sys/kernel/random/boot_id cannot be read "
    "(of /proc nothing but processes is shown: subset=pid, in a unit ProcSubset=pid)";

std::string count_of(std::uint64_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

}  // namespace

void check_database(const lists::Site& site, Findings& findings) {
  const Result<std::uint64_t> changes = lists::check_database(site);
  if (changes) {
    findings.push_back(ok("database", "it opens and can be read, at change " + std::to_string(*changes) +
                                          (lists::can_tell_restarts() ? "" : kReplays)));
    return;
  }
  const bool is_damaged = changes.error().kind == ErrorKind::damaged;
  findings.push_back(
      wanting("database", changes.error().what,
              is_damaged ? "keep a copy of " + site.database_directory() +
                               " as it is, then salvage the rows: doc/STORE.md, \"When the log cannot be replayed\""
                         : "see what the message says of " + site.database_directory()));
}

void check_spool(const lists::Site& site, Findings& findings) {
  const std::string spool = site.directory() + "/spool";
  const std::size_t before = findings.size();
  for (const char* folder : {"/tmp", "/new", "/later", "/bad"}) {
    if (access((spool + folder).c_str(), R_OK | W_OK | X_OK) != 0) {
      findings.push_back(wanting("spool", spool + folder + " is missing or cannot be written",
                                 "mkdir -m 700 it, or give it to the site's owner"));
    }
  }
  const Result<lists::SpoolSight> sight = lists::look_at_spool(site);
  if (sight && sight->in_bad > 0) {
    findings.push_back(
        wanting("spool", count_of(sight->in_bad, "file") + " in " + spool + "/bad: mail that was set aside",
                "'majlis queue list --bad' tells why; 'majlis queue retry ID', or remove the file and its .why"));
  }
  if (sight && sight->damaged > 0) {
    findings.push_back(wanting(
        "spool",
        count_of(sight->damaged, "job") + " damaged: " + sight->first_damaged + (sight->damaged > 1 ? " ..." : ""),
        "majlis queue list shows them, majlis queue cancel ID --yes puts one into spool/bad"));
  }
  if (findings.size() > before) return;
  if (!sight) {
    findings.push_back(wanting("spool", sight.error().what, "see what the message says"));
    return;
  }
  findings.push_back(
      ok("spool", count_of(sight->in_new, "job") + " new, " + count_of(sight->in_later, "job") + " to be tried again"));
}

void check_relay(const lists::Site& site, Findings& findings) {
  const std::string& written = site.config().relay;
  const Result<std::string> problem = lists::relay_problem(site);
  if (!problem) {
    findings.push_back(wanting("relay", problem.error().what, "set relay in site.conf"));
  } else if (!problem->empty()) {
    findings.push_back(
        wanting("relay", written + ": " + *problem, "start the mail server there, or set relay in site.conf"));
  } else {
    findings.push_back(ok("relay", written + " is there"));
  }
}

void check_disk(const lists::Site& site, Findings& findings) {
  struct statvfs status {};
  if (statvfs(site.directory().c_str(), &status) != 0) {
    findings.push_back(wanting("disk", "its free space cannot be found out", "see df " + site.directory()));
    return;
  }
  const std::uint64_t free_octets = static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
  const std::string free_space = std::to_string(free_octets / (1024 * 1024)) + " MiB free";
  // A file system without a fixed number of files tells 0 of 0.
  const bool has_files = status.f_files == 0 || status.f_favail >= kLeastFreeFiles;
  if (free_octets < kLeastFreeOctets || !has_files) {
    findings.push_back(wanting("disk", has_files ? free_space : "no more files can be made", "make room for mail"));
    return;
  }
  findings.push_back(ok("disk", free_space));
}

// What is wanting about a list that can be read.
void check_list(const lists::Site& site, const lists::List& list, Findings& findings) {
  const std::string address = list.address();
  if (list.owners().empty()) {
    findings.push_back(wanting("lists", address + " has no owner", "majlis config " + address + " set owner ADDRESS"));
  }
  const std::string& digest_of = list.config().text(lists::Setting::digest_of);
  if (!digest_of.empty() && !lists::find_list(site, digest_of, list.name().domain())) {
    findings.push_back(wanting("lists", address + ": digest_of names " + digest_of + ", and there is no such list",
                               "'majlis create " + digest_of + "', or, when what it has collected is sent, 'majlis " +
                                   "config " + address + " unset digest_of'"));
  }
}

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
      findings.push_back(wanting("lists", list.error().what, "mend it; 'majlis config " + name.address() + " edit'"));
    } else {
      check_list(site, *list, findings);
    }
  }
  if (findings.size() == before) findings.push_back(ok("lists", count_of(names->size(), "list") + ", all can be used"));
}

}  // namespace majlis::bin::admin
