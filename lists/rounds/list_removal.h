#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "lists/rounds/mail_queue.h"
#include "lists/site/list_name.h"
#include "lists/site/site.h"

namespace majlis::lists {

// What a list still owes before it may be removed.
struct RemovalDebts {
  std::vector<QueuedJob> jobs;                  // for its members
  std::uint64_t digest_posts = 0;               // that wait for its digest
  std::optional<std::string> digest_list = {};  // that makes digests of its posts
};
Result<RemovalDebts> debts_of(const Site& site, const ListName& name);

// Forgets a list's members, held posts and whatever else the database knows of it, in one transaction; its members'
// addresses are kept in the file `members` of its folder. A second run finishes what a killed one began. How many
// requests that wait for a confirmation could not be read, so that nobody knows of which list they are.
Result<std::size_t> forget_list(const Site& site, const ListName& name);

}  // namespace majlis::lists
