#include "bin/flush.h"

#include <getopt.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include "base/error_words.h"
#include "base/file.h"
#include "base/log.h"
#include "base/no_output.h"
#include "base/process.h"
#include "base/text.h"
#include "bin/end_signal.h"
#include "bin/exit_status.h"
#include "bin/flush_display.h"
#include "bin/metrics.h"
#include "lists/rounds/delivery.h"
#include "lists/rounds/timed_work.h"
#include "lists/site/site.h"
#include "lists/upkeep/rename.h"
#include "lists/upkeep/rewritten_files.h"
#include "spool/flusher.h"
#include "spool/queue.h"

namespace majlis::bin {
namespace {

constexpr std::uint64_t kMaxConnections = 100;
constexpr unsigned kWaitPause_s = 1;
constexpr unsigned kMaxWait_s = 600;

constexpr const char* kUsage =
    "usage: majlis-flush [--site DIR] [--relay URL] [--connections N] [--wait] [--verbose]\n"
    "Delivers what waits in the site's spool. See majlis-flush(8).\n";

struct Options {
  std::string site;
  std::string relay;
  std::optional<std::uint64_t> connections;
  bool wait = false;
  bool verbose = false;
  bool help = false;
  bool version = false;
  bool wrong = false;
};

Options options_from(int argc, char** argv) {
  static const std::array<option, 8> kOptions = {{{"site", required_argument, nullptr, 's'},
                                                  {"relay", required_argument, nullptr, 'r'},
                                                  {"connections", required_argument, nullptr, 'c'},
                                                  {"wait", no_argument, nullptr, 'w'},
                                                  {"verbose", no_argument, nullptr, 'v'},
                                                  {"help", no_argument, nullptr, 'h'},
                                                  {"version", no_argument, nullptr, 'V'},
                                                  {nullptr, 0, nullptr, 0}}};
  Options options;
  for (int letter = 0; (letter = getopt_long(argc, argv, "", kOptions.data(), nullptr)) != -1;) {
    switch (letter) {
      case 's': options.site = optarg; break;
      case 'r': options.relay = optarg; break;
      case 'c':
        options.connections = parse_number(optarg);
        options.wrong |= !options.connections;
        break;
      case 'w': options.wait = true; break;
      case 'v': options.verbose = true; break;
      case 'h': options.help = true; break;
      case 'V': options.version = true; break;
      default: options.wrong = true;
    }
  }
  options.wrong |= optind < argc || options.connections == 0 || options.connections > kMaxConnections;
  return options;
}

int give_up(const Error& error) {
  log(Severity::error, LogLine("flush").with(error));
  std::fprintf(stderr, "majlis-flush: %s\n", without_rooms(error.what).c_str());
  return exit_status_for(error) == kDone ? kDone : kTryAgain;
}

void log_report(const spool::FlushReport& report) {
  if (report.jobs_finished + report.jobs_left + report.set_aside == 0) return;
  LogLine line("flush");
  line.with("delivered", static_cast<std::int64_t>(report.delivered))
      .with("deferred", static_cast<std::int64_t>(report.deferred))
      .with("failed", static_cast<std::int64_t>(report.failed))
      .with("jobs", static_cast<std::int64_t>(report.jobs_finished))
      .with("left", static_cast<std::int64_t>(report.jobs_left))
      .with("set_aside", static_cast<std::int64_t>(report.set_aside));
  line.with("status", report.stopped_by.status).with("why", report.stopped_by.text);
  log(Severity::info, line);
}

Result<spool::FlushReport> run_once(const lists::Site& site, const spool::FlushOptions& options,
                                    const spool::FlushHelp& help) {
  const UnixTime now = wall_clock_now();
  Status swept = lists::finish_staged_files(site, now);
  if (!swept) return swept.error();
  lists::heed_changed_lists(site, now);
  lists::TimedLimits limits;
  limits.clock = wall_clock_now;
  const lists::ClockTrust trust = lists::do_timed_work(site, lists::timed_work_table(), now, limits);
  Status kept = lists::keep_house(site, now, trust);
  if (!kept) return kept.error();
  return spool::flush(site.spool(), options, help);
}

void write_metrics(const lists::Site& site, const spool::FlushReport& report, double duration_s) {
  const std::string path = site.metrics_file();
  if (path.empty()) return;
  const Status written = add_run_to_metrics(path, site.spool(), report, wall_clock_now(), duration_s);
  if (!written) log(Severity::warning, LogLine("metrics").with(written.error()));
}

// Until a job is due; false when none waits any more, nothing, when the time is over.
std::optional<bool> wait_for_work(const spool::Spool& spool, unsigned& waited_s) {
  for (; waited_s < kMaxWait_s && !is_end_signalled(); waited_s += kWaitPause_s) {
    const UnixTime now = wall_clock_now();
    const Result<std::optional<UnixTime>> next = spool::next_due(spool, now);
    if (!next || !*next) return false;
    if (waited_s > 0 && **next <= now) {
      waited_s += kWaitPause_s;
      return true;
    }
    sleep(kWaitPause_s);
  }
  return std::nullopt;
}

// On stderr, which nobody may be reading.
void show(const std::string& text) {
  assert(!NoOutput::is_in_force());
  std::fputs(text.c_str(), stderr);
}

// What was asked for, on stdout.
int answer(std::string_view text) { return write_all(STDOUT_FILENO, text, "standard output").ok() ? kDone : kTryAgain; }

int run(const lists::Site& site, const Options& options, const spool::FlushOptions& settings) {
  using Clock = std::chrono::steady_clock;
  spool::FlushHelp help = lists::flush_help(site);
  help.is_told_to_end = is_end_signalled;
  FlushDisplay display(isatty(STDERR_FILENO) == 1 ? FlushDisplay::Style::terminal : FlushDisplay::Style::lines,
                       Clock::now());
  if (options.verbose) {
    help.watch = [&](const spool::FlushProgress& progress) { show(display.show(progress, Clock::now())); };
  }
  for (unsigned waited_s = 0;;) {
    const Clock::time_point start = Clock::now();
    Result<spool::FlushReport> report = run_once(site, settings, help);
    if (options.verbose) show(display.end());
    if (!report) return give_up(report.error());
    log_report(*report);
    write_metrics(site, *report, std::chrono::duration<double>(Clock::now() - start).count());
    if (!options.wait || report->is_ended_early || is_end_signalled()) return kDone;
    const std::optional<bool> is_more = wait_for_work(site.spool(), waited_s);
    if (!is_more) return is_end_signalled() ? kDone : kTryAgain;
    if (!*is_more) return kDone;
  }
}

}  // namespace

int flush(int argc, char** argv) {
  const Options options = options_from(argc, argv);
  if (options.help) return answer(kUsage);
  if (options.wrong) {
    std::fputs(kUsage, stderr);
    return kWrongUse;
  }
  if (options.version) return answer("majlis-flush " MAJLIS_VERSION "\n");
  const std::string directory = site_directory(options.site);
  open_log("majlis-flush");
  Status settled = settle_in(directory);
  if (settled) settled = auth::start_crypto();
  if (!settled) return give_up(settled.error());
  note_end_signals();
  Result<lists::Site> site = lists::Site::open(directory);
  if (!site) return give_up(site.error());
  open_log("majlis-flush", site->log_file());
  const Result<bool> renamed = lists::finish_rename(*site);
  if (!renamed) return give_up(renamed.error());
  const Result<bool> rewritten = lists::finish_rewriting(*site, wall_clock_now());
  if (!rewritten) return give_up(rewritten.error());
  if (*renamed) site = lists::Site::open(directory);
  if (!site) return give_up(site.error());
  Result<spool::Relay> relay = options.relay.empty() ? site->relay() : spool::Relay::parse(options.relay);
  if (!relay) return give_up(relay.error());
  Result<spool::FlushOptions> settings = site->flush_options(*relay);
  if (!settings) return give_up(settings.error());
  if (options.connections) settings->connections = static_cast<unsigned>(*options.connections);
  return run(*site, options, *settings);
}

}  // namespace majlis::bin
