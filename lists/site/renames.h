#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/list_name.h"

// Which lists had another name: the file lists/.renames. What was sent under a former name finds its list by it, and a
// rename that was killed is found and finished by it.
namespace majlis::lists {

struct Rename {
  std::string from;  // addresses
  std::string to;
  std::uint64_t change = 0;  // of the rosters; 0: it has not come to its end
  UnixTime time = 0;
  bool keeps_alias = false;  // mail to the former name goes to the list
};
constexpr std::size_t kMaxRenames = 10'000;  // the oldest are forgotten

// `site`: its folder. Oldest first; only the last one may not have come to its end. No file: none.
Result<std::vector<Rename>> read_renames(const std::string& site);
Status write_renames(const std::string& site, const std::vector<Rename>& renames);

// What the list that was called `list` is called now: as of a change of the rosters or, where 0, a time.
std::string present_name(const std::vector<Rename>& renames, std::string list, std::uint64_t change, UnixTime time);

// Tells the file as it is from what it was, or will be. "" where there is none.
std::string mark_of_renames(const std::string& site);

}  // namespace majlis::lists
