#include "bin/flush.h"

#include <getopt.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <optional>
#include <string>

#include "base/log.h"
#include "base/text.h"
#include "bin/exit_status.h"
#include "bin/options.h"
#include "lists/delivery.h"
#include "lists/site.h"
#include "lists/timed_work.h"

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
  bool wrong = false;
};

Options options_from(int argc, char** argv) {
  static const std::array<option, 7> kOptions = {{{"site", required_argument, nullptr, 's'},
                                                  {"relay", required_argument, nullptr, 'r'},
                                                  {"connections", required_argument, nullptr, 'c'},
                                                  {"wait", no_argument, nullptr, 'w'},
                                                  {"verbose", no_argument, nullptr, 'v'},
                                                  {"help", no_argument, nullptr, 'h'},
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
      default: options.wrong = true;
    }
  }
  options.wrong |= optind < argc || options.connections == 0 || options.connections > kMaxConnections;
  return options;
}

int give_up(const Error& error) {
  log(Severity::error, LogLine("flush").with(error));
  std::fprintf(stderr, "majlis-flush: %s\n", error.what.c_str());
  return exit_status_for(error) == kDone ? kDone : kTryAgain;
}

void log_report(const spool::FlushReport& report) {
  for (const spool::Failure& failure : report.failures) {
    log(Severity::warning, LogLine("failed")
                               .with("list", failure.list)
                               .with("msgid", failure.message_id)
                               .with("to", failure.recipient)
                               .with("status", failure.status)
                               .with("why", failure.text));
  }
  if (report.delivered + report.deferred + report.failed + report.set_aside == 0) return;
  log(Severity::info, LogLine("flush")
                          .with("delivered", static_cast<std::int64_t>(report.delivered))
                          .with("deferred", static_cast<std::int64_t>(report.deferred))
                          .with("failed", static_cast<std::int64_t>(report.failed))
                          .with("jobs", static_cast<std::int64_t>(report.jobs_finished))
                          .with("set_aside", static_cast<std::int64_t>(report.set_aside)));
}

Result<spool::FlushReport> run_once(const lists::Site& site, const spool::FlushOptions& options) {
  const UnixTime now = wall_clock_now();
  const spool::Spool spool = site.spool();
  Status swept = spool.finish_staged(now, [&](std::string_view name) { return lists::finish_staged_file(site, name); });
  if (!swept) return swept.error();
  Status kept = lists::keep_house(site, now);
  if (!kept) return kept.error();
  lists::TimedLimits limits;
  limits.clock = wall_clock_now;
  lists::do_timed_work(site, lists::timed_work_table(), now, limits);
  return spool::flush(spool, options, lists::flush_help(site));
}

}  // namespace

int flush(int argc, char** argv) {
  const Options options = options_from(argc, argv);
  if (options.help || options.wrong) {
    std::fputs(kUsage, options.help ? stdout : stderr);
    return options.help ? kDone : kWrongUse;
  }
  const std::string directory = site_directory(options.site);
  open_log("majlis-flush");
  Status settled = settle_in(directory);
  if (settled) settled = auth::start_crypto();
  if (!settled) return give_up(settled.error());
  Result<lists::Site> site = lists::Site::open(directory);
  if (!site) return give_up(site.error());
  open_log("majlis-flush", site->config().log_file);
  Result<spool::Relay> relay = options.relay.empty() ? site->relay() : spool::Relay::parse(options.relay);
  if (!relay) return give_up(relay.error());

  spool::FlushOptions flush_options;
  flush_options.relay = *relay;
  flush_options.connections =
      static_cast<unsigned>(options.connections.value_or(static_cast<std::uint64_t>(site->config().connections)));
  flush_options.recipients_per_transaction = static_cast<std::size_t>(site->config().recipients_per_transaction);
  flush_options.verbose = options.verbose;
  for (unsigned waited = 0;; waited += kWaitPause_s) {
    Result<spool::FlushReport> report = run_once(*site, flush_options);
    if (!report) return give_up(report.error());
    log_report(*report);
    if (!options.wait || report->deferred == 0 || waited >= kMaxWait_s) return kDone;
    sleep(kWaitPause_s);
  }
}

}  // namespace majlis::bin
