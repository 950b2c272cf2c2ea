#include "spool/job/job_change.h"

#include <fcntl.h>

#include <array>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/checksum.h"
#include "base/file.h"
#include "base/text.h"
#include "spool/job/job_file.h"
#include "spool/job/job_head.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxJobOctets = std::size_t{1} << 30U;
constexpr std::size_t kRecordTextAt = 9;  // behind its checksum and a blank
constexpr std::string_view kFailure = "fail ";

// A message with points is edited with words at them; what they may not stand in any more is blotted instead.
void change_message(Job& job, const JobChange& change) {
  if (job.points.empty()) {
    if (std::optional<std::string> changed = change.message(job.message)) job.message = std::move(*changed);
    return;
  }
  const PointMarks marks("point" + job.id.substr(0, job.id.find('.')));
  const std::optional<std::string> changed = change.message(marks.put_in(job.message, job.points));
  if (!changed) return;
  PointedText taken = marks.take_out(*changed);
  if (taken.points.size() == job.points.size() && are_points_safe(taken.text, taken.points)) {
    job.message = std::move(taken.text);
    job.points = std::move(taken.points);
  } else {
    job.message = change.blotted(job.message);
  }
}

Job changed_job(Job job, const JobChange& change) {
  change_message(job, change);
  for (std::string& recipient : job.recipients) {
    if (change.is_cancelled(recipient)) recipient = change.words(recipient);
  }
  if (change.is_cancelled(job.sender)) job.sender.clear();
  job.message_id = change.words(job.message_id);
  if (job.roster) std::erase_if(job.roster->except, change.is_cancelled);
  return job;
}

// They count as served: nothing is told of them.
void settle_cancelled(Progress& progress, const JobChange& change) {
  const Gate gate = [&](const Recipient& recipient) {
    return change.is_cancelled(recipient.address) ? Admission::go : Admission::not_in_this_run;
  };
  const std::vector<Target> targets = progress.take(SIZE_MAX, gate);
  const std::vector<DeliveryOutcome> outcomes(targets.size(), {DeliveryOutcome::Kind::delivered, {}});
  if (!targets.empty()) (void)progress.record_outcomes(targets, outcomes, 0);
  progress.requeue_deferred();
}

// The records once more, sealed for another head.
std::string resealed(std::string_view records, std::uint32_t seed, const JobChange& change) {
  std::string out;
  while (const auto line = next_line(records)) {
    const std::string_view text = line->substr(std::min(kRecordTextAt, line->size()));
    const std::string changed = change.words(text);
    if (changed != text && text.starts_with(kFailure)) continue;
    std::array<char, kRecordTextAt + 1> sum{};
    std::snprintf(sum.data(), sum.size(), "%08x ", crc32c(changed, seed));
    out.append(sum.data()).append(changed).append("\n");
  }
  return out;
}

Result<std::string> read_whole(const std::string& path) { return read_file(path, kMaxJobOctets); }

}  // namespace

Result<JobFinding> look_for(const std::string& directory, const std::string& name, const JobChange& change) {
  const Result<std::string> bytes = read_whole(directory + "/" + name);
  if (!bytes && bytes.error().kind == ErrorKind::missing) return JobFinding();
  if (!bytes) return bytes.error();
  const Result<JobHead> head = parse_job_head(*bytes);
  if (!head) return head.error();
  JobFinding found;
  for (const std::string& recipient : head->job.recipients) found.cancelled += change.is_cancelled(recipient) ? 1 : 0;
  found.is_changed = change.words(*bytes) != *bytes || change.message(head->job.message).has_value();
  return found;
}

Result<bool> change_job(const std::string& directory, const std::string& name, const JobChange& change) {
  Result<std::optional<JobFile>> file = JobFile::claim(directory, name);
  if (!file) return file.error();
  if (!*file) return false;
  const Result<std::string> bytes = read_whole((*file)->path());
  if (!bytes) return bytes.error();
  Result<JobHead> head = parse_job_head(*bytes);
  if (!head) return head.error();
  Progress& progress = (*file)->progress();
  settle_cancelled(progress, change);
  if (progress.unsettled() == 0 && !progress.may_have_more() && progress.untold().empty()) {
    Status done = (*file)->finish();
    return done ? Result<bool>(true) : done.error();
  }
  const Job job = changed_job(std::move(head->job), change);
  std::string whole = encode_job(job);
  const Result<JobHead> own = parse_job_head(whole);
  if (!own) return own.error();
  whole += resealed(progress.compacted(), own->checksum, change);
  Status done = (*file)->replace_by(whole);
  return done ? Result<bool>(true) : done.error();
}

}  // namespace majlis::spool
