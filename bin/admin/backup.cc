#include "lists/upkeep/backup.h"

#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/progress.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"json", Takes::nothing}};

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Result<Verdict> back_up(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const std::string& directory = call.word(0);
  const Result<lists::Backup> backup = lists::back_up(*site, directory, call.now, show_progress);
  if (!backup && backup.error().kind == ErrorKind::misconfigured) {
    return Error{ErrorKind::misconfigured, backup.error().what + "; it is written with the rights of the site's owner"};
  }
  if (!backup) return backup.error();
  record(call, "", directory);
  for (const std::string& path : backup->left_out) complain(call, visible(path) + " is no file; it is left out");
  if (call.wants_json()) {
    print(JsonLine()
              .text("directory", directory)
              .number("files", number(backup->files))
              .number("octets", number(backup->octets))
              .number("jobs", number(backup->jobs))
              .number("locked_ms", backup->locked_ms)
              .line());
  } else {
    print(directory + ": " + std::to_string(backup->files) + " files, " + std::to_string(backup->octets) + " octets, " +
          std::to_string(backup->jobs) + " jobs; mail waited " + std::to_string(backup->locked_ms) + " ms\n");
  }
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, back_up}};

}  // namespace

constinit const Command kBackup{
    "usage: majlis backup DIR [--json]\n"
    "\n"
    "Copies the site to DIR, which must not be there, as of one moment, while it is in use: settings, secret, "
    "database,\n"
    "lists with their archives, mail that waits. DIR holds SHA256SUMS, which sha256sum -c checks. It holds passwords'\n"
    "hashes, keys and addresses as the site does: keep it as well. Killed, it left DIR.unfinished; say it again.\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
