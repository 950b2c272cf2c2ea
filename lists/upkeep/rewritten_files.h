#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/list_name.h"
#include "lists/site/site.h"
#include "store/database.h"

// Files whose length the database knows (months of an archive, what waits for a digest) in a new form: file and row
// change together, or not at all.
namespace majlis::lists {

struct RewrittenFile {
  enum class Kind { archive, digest };
  Kind kind = Kind::archive;
  ListName list;
  std::string month;         // of an archive
  std::uint64_t octets = 0;  // all of the new file
  std::string staged;        // its name, beside the old one; synced
};

// The old file, absolute.
std::string path_of(const Site& site, const RewrittenFile& file);

// Puts them into place. `state` has been open since the old files were read to their ends. Killed, nobody writes to the
// database until finish_rewriting() has been there: they are told `again`.
Status put_into_place(const Site& site, store::Writer& state, const std::vector<RewrittenFile>& files, UnixTime now);

// Ends what a process that was killed has begun; false: nothing was.
Result<bool> finish_rewriting(const Site& site, UnixTime now);

}  // namespace majlis::lists
