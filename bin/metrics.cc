#include "bin/metrics.h"

#include <sys/stat.h>

#include <array>
#include <cstdio>

#include "base/file.h"
#include "base/text.h"
#include "spool/queue.h"

namespace majlis::bin {
namespace {

constexpr std::size_t kMaxFileOctets = 65'536;
constexpr int kLockTimeout_ms = 2'000;

struct Counter {
  std::string_view name;
  std::uint64_t Metrics::*value;
};
constexpr Counter kCounters[] = {{"majlis_recipients_total{outcome=\"delivered\"}", &Metrics::delivered},
                                 {"majlis_recipients_total{outcome=\"deferred\"}", &Metrics::deferred},
                                 {"majlis_recipients_total{outcome=\"failed\"}", &Metrics::failed},
                                 {"majlis_jobs_finished_total", &Metrics::jobs_finished},
                                 {"majlis_jobs_set_aside_total", &Metrics::jobs_set_aside}};

std::string heading(std::string_view name, std::string_view type, std::string_view help) {
  return "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " + std::string(name) + " " +
         std::string(type) + "\n";
}

std::string sample(std::string_view name, std::uint64_t value) {
  return std::string(name) + " " + std::to_string(value) + "\n";
}

Status look_at_queue(const spool::Spool& spool, UnixTime now, Metrics& metrics) {
  Result<spool::QueueSummary> queue = spool::summarise_queue(spool);
  if (!queue) return queue.error();
  metrics.jobs_new = queue->in_new;
  metrics.jobs_later = queue->in_later;
  metrics.jobs_bad = queue->in_bad;
  metrics.oldest_job_age_s = queue->oldest_created && *queue->oldest_created < now ? now - *queue->oldest_created : 0;
  return {};
}

}  // namespace

std::string Metrics::text() const {
  std::string out = heading("majlis_recipients_total", "counter", "Recipients by what became of their delivery.");
  for (const Counter& counter : kCounters) {
    if (&counter == &kCounters[3]) out += heading("majlis_jobs_finished_total", "counter", "Jobs with nobody left.");
    if (&counter == &kCounters[4]) out += heading("majlis_jobs_set_aside_total", "counter", "Jobs moved to bad/.");
    out += sample(counter.name, this->*counter.value);
  }
  out += heading("majlis_queue_jobs", "gauge", "Job files by folder of the spool.");
  out += sample("majlis_queue_jobs{folder=\"new\"}", jobs_new) +
         sample("majlis_queue_jobs{folder=\"later\"}", jobs_later) +
         sample("majlis_queue_jobs{folder=\"bad\"}", jobs_bad);
  out += heading("majlis_queue_oldest_job_age_seconds", "gauge", "Age of the oldest job that waits, 0 for none.");
  out += sample("majlis_queue_oldest_job_age_seconds", static_cast<std::uint64_t>(oldest_job_age_s));
  out += heading("majlis_last_run_timestamp_seconds", "gauge", "When the last run of majlis-flush ended.");
  out += sample("majlis_last_run_timestamp_seconds", static_cast<std::uint64_t>(last_run));
  out += heading("majlis_last_run_duration_seconds", "gauge", "How long it took.");
  std::array<char, 64> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.3f", last_run_s);
  return out + "majlis_last_run_duration_seconds " + seconds.data() + "\n";
}

Metrics Metrics::parse(std::string_view text) {
  Metrics metrics;
  while (const std::optional<std::string_view> line = next_line(text)) {
    const std::vector<std::string_view> words = split_words(*line);
    if (words.size() != 2) continue;
    for (const Counter& counter : kCounters) {
      if (counter.name == words[0]) metrics.*counter.value = parse_number(words[1]).value_or(0);
    }
  }
  return metrics;
}

Status add_run_to_metrics(const std::string& path, const spool::Spool& spool, const spool::FlushReport& report,
                          UnixTime now, double duration_s) {
  const std::string lock_path = spool.directory() + "/metrics.lock";
  const Result<FileLock> lock = FileLock::acquire(lock_path, FileLock::Mode::exclusive, kLockTimeout_ms);
  if (!lock) return lock.error();
  const Result<std::string> before_run = read_file(path, kMaxFileOctets);
  Metrics metrics = Metrics::parse(before_run ? *before_run : std::string());
  metrics.delivered += report.delivered;
  metrics.deferred += report.deferred;
  metrics.failed += report.failed;
  metrics.jobs_finished += report.jobs_finished;
  metrics.jobs_set_aside += report.set_aside;
  metrics.last_run = now;
  metrics.last_run_s = duration_s;
  if (Status looked = look_at_queue(spool, now, metrics); !looked) return looked;
  // For the collector, whoever it runs as. This program has one thread.
  const mode_t before = umask(022);
  Status written = replace_file(path, metrics.text(), 0644);
  umask(before);
  return written;
}

}  // namespace majlis::bin
