#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "lists/site/site.h"

// What `majlis check` looks at below lists/.
namespace majlis::lists {

// Opens the database as a writer does, although nothing is written: locking, recovery and writing would work. How many
// changes its rosters have had. An Error of kind `damaged` where it opens and cannot be read.
Result<std::uint64_t> check_database(const Site& site);

// Whether a program here can tell one run of the machine from another; one that cannot replays the database's log when
// it opens it behind another program.
bool can_tell_restarts();

struct SpoolSight {
  std::uint64_t in_new = 0;
  std::uint64_t in_later = 0;
  std::uint64_t on_hold = 0;
  std::uint64_t in_bad = 0;
  std::uint64_t damaged = 0;
  std::string first_damaged;  // "ID: why"
};
Result<SpoolSight> look_at_spool(const Site& site);

// Why mail could not be handed over to the site's relay now; "" when it could.
Result<std::string> relay_problem(const Site& site);

// What the site's name servers say of its own domain, as they are asked about authors'. An Error (again): nothing, in
// dns_seconds. The policy in the words of its record, "p=reject"; "": none is published.
Result<std::string> ask_for_own_policy(const Site& site);

// misconfigured, naming the accepted forms, where it is no relay.
Status check_relay_url(const std::string& url);

}  // namespace majlis::lists
