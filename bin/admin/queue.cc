#include <sys/stat.h>

#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "bin/admin/call.h"
#include "bin/admin/print.h"
#include "spool/job_head.h"
#include "spool/progress.h"
#include "spool/spool.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxJobOctets = 1024 * 1024 * 1024;
constexpr Option kListing[] = {{"json", Takes::nothing}};

struct QueuedJob {
  spool::Job job;
  std::string state;             // the folder: new or later
  UnixTime due = 0;              // 0: with the next run
  std::size_t recipients = 0;    // not settled yet; of a roster: those read so far
  bool has_roster_left = false;  // and the rest of the roster behind them
  std::size_t size_octets = 0;
  std::string last_answer;
};

// "000001795478400-ID" in later/, "ID" in new/ (spool/agenda.h).
UnixTime due_of(std::string_view file_name) {
  const std::size_t dash = file_name.find('-');
  if (dash == std::string_view::npos) return 0;
  return static_cast<UnixTime>(parse_number(file_name.substr(0, dash)).value_or(0));
}

// Reads without claiming: a run of the flusher is not disturbed. nullopt: it was delivered meanwhile.
Result<std::optional<QueuedJob>> read_job(const std::string& path, const std::string& name) {
  Result<std::string> bytes = read_file(path, kMaxJobOctets);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return std::optional<QueuedJob>();
  if (!bytes) return bytes.error();
  Result<spool::JobHead> head = spool::parse_job_head(*bytes);
  if (!head) return head.error();
  const bool has_roster = head->job.roster.has_value();
  spool::Progress progress(head->checksum, std::move(head->job.recipients), has_roster);
  Result<std::size_t> valid = progress.read(std::string_view(*bytes).substr(head->size));
  if (!valid) return valid.error();
  QueuedJob queued;
  queued.size_octets = head->job.message.size();
  queued.job = std::move(head->job);
  queued.job.message.clear();
  queued.due = due_of(name);
  queued.recipients = progress.unsettled();
  queued.has_roster_left = progress.may_have_more();
  if (!progress.trouble().text.empty()) queued.last_answer = progress.trouble().status + " " + progress.trouble().text;
  return std::optional<QueuedJob>(std::move(queued));
}

std::string json_of(const QueuedJob& queued, UnixTime now) {
  return JsonLine()
      .text("id", queued.job.id)
      .text("state", queued.state)
      .text("list", queued.job.list)
      .text("message_id", queued.job.message_id)
      .text("created", iso8601(queued.job.created))
      .number("age_s", now - queued.job.created)
      .number("recipients", static_cast<std::int64_t>(queued.recipients))
      .flag("roster", queued.has_roster_left)
      .number("size_octets", static_cast<std::int64_t>(queued.size_octets))
      .text("next_try", queued.due == 0 ? "" : iso8601(queued.due))
      .text("last_answer", queued.last_answer)
      .line();
}

std::string recipients_of(const QueuedJob& queued) {
  if (!queued.has_roster_left) return std::to_string(queued.recipients);
  return queued.recipients == 0 ? "members" : std::to_string(queued.recipients) + "+members";
}

std::string line_of(const QueuedJob& queued, UnixTime now) {
  return queued.job.id + "  " + (queued.job.list.empty() ? "-" : visible(queued.job.list)) + "  age " +
         std::to_string(now - queued.job.created) + " s  to " + recipients_of(queued) + "  " +
         std::to_string(queued.size_octets) + " octets  next try " + (queued.due == 0 ? "now" : iso8601(queued.due)) +
         (queued.last_answer.empty() ? "" : "  (" + visible(queued.last_answer) + ")") + "\n";
}

Result<Verdict> list_queue(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Verdict verdict = Verdict::done;
  for (const std::string folder : {"new", "later"}) {
    const std::string directory = site->spool().directory() + "/" + folder;
    Result<std::vector<std::string>> names = list_directory(directory);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      if (name.starts_with('.')) continue;  // a rewrite under way
      Result<std::optional<QueuedJob>> queued = read_job(directory + "/" + name, name);
      if (!queued) {
        complain(call, folder + "/" + printable(name, 100) + ": " + queued.error().what);
        verdict = Verdict::wanting;
      } else if (*queued) {
        (*queued)->state = folder;
        print(call.wants_json() ? json_of(**queued, call.now) : line_of(**queued, call.now));
      }
    }
  }
  return verdict;
}

constexpr Form kForms[] = {{"list", 0, 0, kListing, list_queue},
                           {"show", 0, kAnyNumber, {}, nullptr},
                           {"retry", 0, kAnyNumber, {}, nullptr},
                           {"cancel", 0, kAnyNumber, {}, nullptr}};

}  // namespace

constinit const Command kQueue{
    "usage: majlis queue list [--json]\n"
    "\n"
    "Mail that waits to be delivered, one job a line: id, list, age, recipients that are left, size, next try.\n",
    VerbPlace::first_word, kForms};

}  // namespace majlis::bin::admin
