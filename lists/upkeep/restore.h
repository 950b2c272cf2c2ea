#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "lists/upkeep/site_copy.h"

namespace majlis::lists {

struct Restored {
  std::uint64_t files = 0;
  std::uint64_t jobs = 0;
  UnixTime made = 0;  // the backup
};

// Makes a site of a backup (lists/upkeep/backup.h) in `site`, which must be empty, or not be there. The backup is read
// as a whole first: damaged when an octet of it is not as it was written, or a file is missing or one too many; then
// nothing is made. Jobs are on hold (lists/rounds/mail_queue.h). site.conf comes last: killed anywhere it left no site,
// and the next try begins again. After ok the site survives a power cut.
Result<Restored> restore(const std::string& directory, const std::string& site, const Progress& progress);

}  // namespace majlis::lists
