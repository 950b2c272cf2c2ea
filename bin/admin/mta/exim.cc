#include <array>

#include "bin/admin/mta/way.h"

namespace majlis::bin::admin {
namespace {

// Debian's.
std::string settings(const Wiring& wiring) {
  return "dc_use_split_config='true'\ndc_relay_domains='lsearch;" + wiring.folder + "/domains'\n";
}

// A tag is only known by its suffix here, and the program gets it back in RECIPIENT.
std::string router(const Wiring& wiring) {
  return "majlis:\n"
         "  driver = accept\n"
         "  domains = lsearch;" +
         wiring.folder +
         "/domains\n"
         "  local_part_suffix = +*\n"
         "  local_part_suffix_optional\n"
         "  condition = ${lookup{$local_part@$domain}lsearch{" +
         wiring.folder + "/recipients}{yes}{no}}\n  transport = majlis\n";
}

// A ';' in a tag would begin a variable of its own; ':' stands in the addresses of IPv6.
constexpr const char* kEnvironment =
    "<; ORIGINAL_RECIPIENT=${local_part}${sg{$local_part_suffix}{[^A-Za-z0-9_.+=-]}{}}@${domain}"
    ";CLIENT_ADDRESS=$sender_host_address";

std::string transport(const Wiring& wiring) {
  return "majlis:\n  driver = pipe\n  command = " + wiring.command + "\n  environment = " + kEnvironment +
         "\n  user = " + wiring.user + "\n  message_prefix =\n  message_suffix =\n  temp_errors = 71 : 75\n";
}

std::string rows_of(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += key + ":\n";
  return text;
}

std::string domains(const Wiring& wiring) { return rows_of(wiring.domains); }
std::string recipients(const Wiring& wiring) { return rows_of(wiring.recipients); }

constexpr std::array kParts = {
    MtaFile{"/etc/exim4/update-exim4.conf.conf", settings},
    MtaFile{"/etc/exim4/conf.d/router/150_majlis", router},
    MtaFile{"/etc/exim4/conf.d/transport/30_majlis", transport},
};
constexpr std::array kMaps = {MtaFile{"domains", domains}, MtaFile{"recipients", recipients}};
constexpr std::array kWays = {
    Mta{.name = "exim", .by_aliases = false, .parts = kParts, .maps = kMaps, .reads_as_itself = true}};

}  // namespace

std::span<const Mta> exim_ways() { return kWays; }

}  // namespace majlis::bin::admin
