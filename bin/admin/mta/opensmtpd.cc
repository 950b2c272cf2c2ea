#include <array>

#include "bin/admin/mta/way.h"

namespace majlis::bin::admin {
namespace {

// What is delivered by a command must be a user's there: every address is an alias of the site's.
std::string smtpd_conf(const Wiring& wiring) {
  return "table majlis-domains file:" + wiring.folder + "/domains\ntable majlis-recipients file:" + wiring.folder +
         "/recipients\naction \"majlis\" mda \"" + wiring.command +
         "\" virtual <majlis-recipients>\nmatch from any for domain <majlis-domains> action \"majlis\"\n";
}

std::string domains(const Wiring& wiring) {
  std::string text;
  for (const std::string& domain : wiring.domains) text += domain + "\n";
  return text;
}

std::string recipients(const Wiring& wiring) {
  std::string text;
  for (const std::string& recipient : wiring.recipients) text += recipient + " " + wiring.user + "\n";
  return text;
}

constexpr std::array kParts = {MtaFile{"/etc/smtpd.conf", smtpd_conf}};
constexpr std::array kMaps = {MtaFile{"domains", domains}, MtaFile{"recipients", recipients}};
constexpr std::array kWays = {
    Mta{.name = "opensmtpd", .by_aliases = false, .parts = kParts, .maps = kMaps, .reads_as_itself = true}};

}  // namespace

std::span<const Mta> opensmtpd_ways() { return kWays; }

}  // namespace majlis::bin::admin
