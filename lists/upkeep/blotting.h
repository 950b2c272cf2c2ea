#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "lists/upkeep/erased_thing.h"
#include "lists/upkeep/person_words.h"

namespace majlis::lists {

// Overwrites the address where it stands in a file, and moves no other octet: for files that others append to, and
// those of which nobody knows what they are. Returns at how many places; with Erasing::look nothing is written. 0: the
// file is gone. Killed, it may be done again.
Result<std::size_t> blot_file(const std::string& path, const PersonWords& address, Erasing erasing);

}  // namespace majlis::lists
