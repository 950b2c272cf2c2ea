#pragma once

#include <optional>

#include "lists/effects/arrival.h"
#include "lists/site/site.h"

namespace majlis::lists {

// A message from the site to itself, through its relay and its MTA. It carries Authentication-Results fields that claim
// to be our own mail server's (authserv_id), which that server has to remove (RFC 8601 5). It shows that mail comes
// back at all, and whether such fields do.

// Queues one, for majlis-flush to send.
Status send_probe(const Site& site, UnixTime now);

// Takes `arrival` when it is a probe of this site, not older than two days; nullopt: it is none.
Result<std::optional<Outcome>> receive_probe(const Site& site, const Arrival& arrival);

// What is known of the last probe with this authserv_id. 0: never.
struct ProbeState {
  UnixTime sent = 0;
  UnixTime returned = 0;        // when that one was sent which came back last
  bool removes_forged = false;  // the forged fields were gone from that one
};
Result<ProbeState> find_probe_state(const Site& site);

}  // namespace majlis::lists
