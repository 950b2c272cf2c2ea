// majlis-receive: run by the MTA once per message (doc/man/majlis-receive.8).

#include <getopt.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <string>

#include "base/process.h"
#include "bin/exit_status.h"
#include "bin/receive.h"

namespace {

using namespace majlis;

// Far below Postfix's command_time_limit (1000 s), after which the MTA would bounce the mail; spool/spool.h's kSweepAge
// is longer.
constexpr unsigned kAlarm_s = 300;

void on_alarm(int /*signal*/) { _exit(bin::kTryAgain); }

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bin::ReceiveOptions options_from(int argc, char** argv, std::string& site) {
  static const std::array<option, 7> kOptions = {{{"site", required_argument, nullptr, 's'},
                                                  {"recipient", required_argument, nullptr, 'r'},
                                                  {"sender", required_argument, nullptr, 'f'},
                                                  {"client", required_argument, nullptr, 'c'},
                                                  {"help", no_argument, nullptr, 'h'},
                                                  {"version", no_argument, nullptr, 'v'},
                                                  {nullptr, 0, nullptr, 0}}};
  bin::ReceiveOptions options;
  options.recipient = from_environment("ORIGINAL_RECIPIENT");
  options.rewritten_recipient = from_environment("RECIPIENT");
  if (options.recipient.empty()) options.recipient.swap(options.rewritten_recipient);
  if (std::getenv("SENDER") != nullptr) options.sender = from_environment("SENDER");
  options.client = from_environment("CLIENT_ADDRESS");
  opterr = 0;
  for (int letter = 0; (letter = getopt_long(argc, argv, "", kOptions.data(), nullptr)) != -1;) {
    if (letter == 's') site = optarg;
    if (letter == 'r') options.recipient = optarg;
    if (letter == 'r') options.rewritten_recipient.clear();
    if (letter == 'f') options.sender = optarg;
    if (letter == 'c') options.client = optarg;
    if (letter == 'h') options.wants_help = true;
    if (letter == 'v') options.wants_version = true;
    if (letter == '?') options.is_wrong_use = true;
  }
  if (optind < argc) options.is_wrong_use = true;
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  // No exception leaves: under a shell alias abort() would be exit 134, and the MTA would bounce the mail.
  try {
    if (!majlis::hold_standard_descriptors()) return majlis::bin::kTryAgain;
    std::signal(SIGALRM, on_alarm);
    alarm(kAlarm_s);
    std::string site;
    const majlis::bin::ReceiveOptions options = options_from(argc, argv, site);
    return majlis::bin::receive(majlis::site_directory(site), options, STDIN_FILENO);
  } catch (...) {
    return majlis::bin::kTryAgain;
  }
}
