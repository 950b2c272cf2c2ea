#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "bin/admin/check/check.h"
#include "lists/rounds/site_check.h"

namespace majlis::bin::admin {
namespace {

constexpr std::uint64_t kLeastFreeOctets = 100 * 1024 * 1024;
constexpr std::uint64_t kLeastFreeFiles = 1000;
constexpr UnixTime kDay = 24 * 60 * 60;
constexpr UnixTime kRecentDays = 7;  // of what lies in spool/bad: who has seen it has seen it
// Right all the same, only slower.
constexpr const char* kReplays =
    "; slower than it could be, as the log is replayed at each opening: /proc/sys/kernel/random/boot_id cannot be read "
    "(of /proc nothing but processes is shown: subset=pid, in a unit ProcSubset=pid)";

struct BadFiles {
  std::uint64_t recent = 0;
  std::uint64_t older = 0;
};

// Messages, not their reasons.
BadFiles look_at_bad(const std::string& folder) {
  BadFiles seen;
  const Result<std::vector<std::string>> names = list_directory(folder);
  if (!names) return seen;
  const UnixTime then = wall_clock_now() - kRecentDays * kDay;
  for (const std::string& name : *names) {
    struct stat status {};
    if (name.ends_with(".why") || stat((folder + "/" + name).c_str(), &status) != 0) continue;
    ++(status.st_mtime >= then ? seen.recent : seen.older);
  }
  return seen;
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
  const BadFiles bad = look_at_bad(spool + "/bad");
  if (bad.recent > 0) {
    findings.push_back(
        wanting("spool",
                count_of(bad.recent, "file") + " in " + spool + "/bad of the last " + std::to_string(kRecentDays) +
                    " days: mail that was set aside",
                "'majlis queue list --bad' tells why; 'majlis queue retry ID' sends a job again; what needs nothing "
                "more: rm the file and its .why"));
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
  findings.push_back(ok(
      "spool",
      count_of(sight->in_new, "job") + " new, " + count_of(sight->in_later, "job") + " to be tried again" +
          (sight->on_hold > 0 ? ", " + count_of(sight->on_hold, "job") + " on hold until majlis queue release" : "") +
          (bad.older > 0
               ? ", " + count_of(bad.older, "file") + " in bad of more than " + std::to_string(kRecentDays) +
                     " days ago" +
                     (site.config().bad_days > 0 ? ", removed after " + std::to_string(site.config().bad_days) : "")
               : "")));
}

void check_log(const lists::Site& site, Findings& findings) {
  const std::string file = site.log_file();
  if (file.empty()) {
    findings.push_back(ok("log", "it goes to syslog"));
    return;
  }
  struct stat status {};
  const bool exists = stat(file.c_str(), &status) == 0;
  const std::string folder = file.substr(0, file.rfind('/') + 1);
  const bool can_be_written =
      exists ? S_ISREG(status.st_mode) && access(file.c_str(), W_OK) == 0 : access(folder.c_str(), W_OK | X_OK) == 0;
  if (can_be_written) {
    findings.push_back(ok("log", "it goes to " + file));
  } else {
    findings.push_back(wanting("log", file + " cannot be written, or is no file: what it is for goes to syslog",
                               "set log_file in site.conf, or give the file to the site's owner"));
  }
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

}  // namespace majlis::bin::admin
