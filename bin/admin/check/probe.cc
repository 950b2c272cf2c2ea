#include "base/clock.h"
#include "bin/admin/check/check.h"
#include "lists/effects/mta_probe.h"

namespace majlis::bin::admin {
namespace {

// MTAs try again within it.
constexpr UnixTime kLongOnItsWay = 3600;

Finding finding_of(const lists::Site& site, const lists::ProbeState& state) {
  const std::string& server = site.config().authserv_id;
  if (state.sent == 0) {
    return ok("probe", "none was sent, so nobody knows whether mail comes back: 'majlis check --probe' sends one");
  }
  if (state.returned < state.sent) {
    const std::string sent = "the probe of " + iso8601(state.sent);
    if (wall_clock_now() - state.sent < kLongOnItsWay) {
      return ok("probe", sent + " is on its way: let majlis-flush run, then check again");
    }
    return wanting("probe", sent + " did not come back",
                   "look for it with 'majlis queue list' and in the MTA's log; 'majlis mta' tells which addresses the "
                   "MTA has to know, majordomo@" +
                       site.config().domain + " among them");
  }
  const std::string back = "mail comes back (probe of " + iso8601(state.returned) + ")";
  if (server.empty()) return ok("probe", back);
  if (state.removes_forged) return ok("probe", back + "; what others write in the name of " + server + " is removed");
  return ok("probe", back + "; what others wrote in the name of " + server +
                         " is not removed, so its results are believed only above the first Received field");
}

}  // namespace

void check_probe(const lists::Site& site, Findings& findings) {
  const Result<lists::ProbeState> state = lists::find_probe_state(site);
  findings.push_back(state ? finding_of(site, *state)
                           : wanting("probe", state.error().what, "mend the database first, as told above"));
}

}  // namespace majlis::bin::admin
