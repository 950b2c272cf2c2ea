#pragma once

#include <optional>
#include <string>

#include "lists/effects/work.h"

namespace majlis::lists {

// An owner who has fetched a list's header to change it: until then no other owner may store one. It stops nothing
// else, and stands in the file header_lock of the list.
struct HeaderLock {
  std::string owner;  // canonical address
  UnixTime until = 0;
};

constexpr UnixTime kHeaderLockLife = 24 * 60 * 60;

// The lock that holds now; nullopt: none, or it has lapsed.
Result<std::optional<HeaderLock>> find_header_lock(const Work& work, const List& list);
// Replaces whatever lock there is, when the work is done.
HeaderLock lock_header(Work& work, const List& list, const mail::Address& owner);
void unlock_header(Work& work, const List& list);

}  // namespace majlis::lists
