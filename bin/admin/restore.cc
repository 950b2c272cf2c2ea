#include "lists/upkeep/restore.h"

#include "auth/secret_file.h"
#include "base/log.h"
#include "base/process.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/progress.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"json", Takes::nothing}};

// There is no site yet whose log could be written to.
Result<Verdict> restore(const Call& call) {
  Status settled = settle_in(call.site_directory);
  if (settled) settled = auth::start_crypto();
  if (!settled) return settled.error();
  const Result<lists::Restored> restored = lists::restore(call.word(0), call.site_directory, show_progress);
  if (!restored) return restored.error();
  log(Severity::info, LogLine("admin").with("command", "restore").with("what", call.site_directory));
  call.has_changed_something = true;
  if (call.wants_json()) {
    print(JsonLine()
              .text("site", call.site_directory)
              .text("made", iso8601(restored->made))
              .number("files", static_cast<std::int64_t>(restored->files))
              .number("jobs", static_cast<std::int64_t>(restored->jobs))
              .line());
    return Verdict::done;
  }
  print(call.site_directory + " is as of " + iso8601(restored->made) + ": " + std::to_string(restored->files) +
        " files\n");
  if (restored->jobs > 0) {
    print(std::to_string(restored->jobs) +
          " jobs are on hold: 'majlis queue list' shows them, 'majlis queue release --all' lets them go\n");
  }
  print("Next: 'majlis --site " + call.site_directory + " check'\n");
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, restore}};

}  // namespace

constinit const Command kRestore{
    "usage: majlis restore DIR --site NEW [--json]\n"
    "\n"
    "Makes the site NEW, which must be empty or not be there, of the backup DIR. A backup of which an octet is "
    "damaged,\n"
    "or a file is missing, is refused. Mail that waited is on hold until 'majlis queue release'. Killed, it left no\n"
    "site; say it again.\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
