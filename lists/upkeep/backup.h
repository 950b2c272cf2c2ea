#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "lists/upkeep/site_copy.h"

namespace majlis::lists {

struct Backup {
  std::uint64_t files = 0;
  std::uint64_t octets = 0;
  std::uint64_t jobs = 0;
  std::int64_t locked_ms = 0;         // how long mail waited
  std::vector<std::string> left_out;  // below the site: links and the like
};

// Copies the site into `directory`, which must not be there and not be below the site, as of one moment, while mail
// goes on; doc/BACKUP.md tells what and how. It is there as a whole or not at all: killed anywhere it left
// `directory`.unfinished, which the next try throws away. After ok it survives a power cut.
Result<Backup> back_up(const Site& site, const std::string& directory, UnixTime now, const Progress& progress);

}  // namespace majlis::lists
