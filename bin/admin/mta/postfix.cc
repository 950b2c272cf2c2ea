#include <array>

#include "bin/admin/mta/way.h"

namespace majlis::bin::admin {
namespace {

std::string master_cf(const Wiring& wiring) {
  return "majlis    unix  -       n       n       -       4       pipe\n"
         "  flags=R user=" +
         wiring.user + " null_sender=\n  argv=" + wiring.command +
         " --recipient ${recipient} --sender ${sender} --client ${client_address}\n";
}

std::string main_cf(const Wiring& wiring) {
  return "recipient_delimiter = +\n"
         "relay_domains = hash:" +
         wiring.folder + "/domains\ntransport_maps = hash:" + wiring.folder +
         "/domains\nrelay_recipient_maps = hash:" + wiring.folder +
         "/recipients\nmajlis_destination_recipient_limit = 1\n";
}

std::string main_cf_for_aliases(const Wiring& wiring) {
  return "recipient_delimiter = +\n"
         "alias_maps = hash:/etc/aliases, hash:" +
         wiring.folder + "/aliases\nmailbox_size_limit = 0\n";
}

std::string rows_of(const std::vector<std::string>& keys, const std::string& value) {
  std::string text;
  for (const std::string& key : keys) text += key + value;
  return text;
}

std::string domains(const Wiring& wiring) { return rows_of(wiring.domains, " majlis:\n"); }

std::string recipients(const Wiring& wiring) { return rows_of(wiring.recipients, " majlis:\n"); }

// Without --recipient: local(8) tells it in the environment, with its tag. Nothing in it makes local(8) start a shell.
std::string aliases(const Wiring& wiring) { return rows_of(wiring.local_parts, ": \"|" + wiring.command + "\"\n"); }

constexpr std::array kTransportParts = {
    MtaFile{"/etc/postfix/master.cf", master_cf},
    MtaFile{"/etc/postfix/main.cf", main_cf},
};
constexpr std::array kTransportMaps = {
    MtaFile{"domains", domains, "postmap"},
    MtaFile{"recipients", recipients, "postmap"},
};
constexpr std::array kAliasParts = {MtaFile{"/etc/postfix/main.cf", main_cf_for_aliases}};
constexpr std::array kAliasMaps = {MtaFile{"aliases", aliases, "postalias"}};

constexpr std::array kWays = {
    Mta{.name = "postfix",
        .by_aliases = false,
        .parts = kTransportParts,
        .maps = kTransportMaps,
        .reads_as_itself = false},
    Mta{.name = "postfix", .by_aliases = true, .parts = kAliasParts, .maps = kAliasMaps, .reads_as_itself = false},
};

}  // namespace

std::span<const Mta> postfix_ways() { return kWays; }

}  // namespace majlis::bin::admin
