#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::bin::admin {

// What the files of an MTA are made of.
struct Wiring {
  std::string user;     // whom majlis-receive runs as
  std::string command;  // majlis-receive and the site, as a command line without quotes
  std::string folder;   // where the MTA's maps are
  std::vector<std::string> domains;
  std::vector<std::string> recipients;   // whole addresses, without tags
  std::vector<std::string> local_parts;  // the same without domains, each once
};

// One file, or what belongs into one that is the administrator's.
struct MtaFile {
  std::string_view name;  // of a map: in Wiring::folder, else a whole path
  std::string (*text)(const Wiring& wiring);
  std::string_view maker = {};  // the program that makes a database of a map, "": none
};

// One way to wire an MTA.
struct Mta {
  std::string_view name;  // as typed, and its folder below SITE/mta
  bool by_aliases;
  std::span<const MtaFile> parts;  // of the administrator's files
  std::span<const MtaFile> maps;   // what --install writes
  bool reads_as_itself;            // it reads maps as a user of its own, so others must see them
};

// Each in the file of its name.
std::span<const Mta> postfix_ways();
std::span<const Mta> exim_ways();
std::span<const Mta> opensmtpd_ways();

}  // namespace majlis::bin::admin
