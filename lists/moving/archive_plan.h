#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "foreign/source/foreign_list.h"
#include "lists/site/list.h"

namespace majlis::lists {

// An archive that cannot be read to its end, and why.
struct CutOff {
  std::string archive;
  Error error;
};

// What the archives of a list hold; each is read through, post by post. `there`: the list they come to, nullptr = there
// is none yet.
Result<std::vector<foreign::Finding>> survey_archives(const Site& site, const List* there,
                                                      const foreign::ForeignList& list, UnixTime now,
                                                      std::vector<CutOff>& cut_off);

// Carries their posts into the archive of `list`; those that are there already stay. An archive that cannot be read to
// its end is carried up to there. `told`: how many posts were read so far.
Status carry_archives(const Site& site, const List& list, const foreign::ForeignList& from, UnixTime now,
                      std::vector<CutOff>& cut_off, const std::function<void(std::size_t)>& told);

}  // namespace majlis::lists
