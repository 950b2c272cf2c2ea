#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "spool/spool.h"

namespace majlis::spool {

// A job file that waits, by folder and name; nothing but names was read.
struct Entry {
  std::string directory;
  std::string name;    // of the file
  std::string job_id;  // the part of the name that is the job's
};

// "000001795478400-HEX32.N": due time first, so that later/ sorted by name is sorted by time.
std::string later_name(UnixTime due, std::string_view job_id);

struct LaterName {
  UnixTime due = 0;
  std::string_view job_id;  // of the name that was parsed
};
std::optional<LaterName> parse_later_name(std::string_view name);

// A time farther off than any delay we give was written under a wrong clock, and counts as due.
bool is_due(UnixTime due, UnixTime now);

// What is due now: all of new/, then what is due in later/, earliest first. Names that are none of ours are moved to
// bad/ and counted in `set_aside`.
Result<std::vector<Entry>> list_due(const Spool& spool, UnixTime now, std::uint64_t& set_aside);

}  // namespace majlis::spool
