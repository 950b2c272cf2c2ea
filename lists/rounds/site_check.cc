#include "lists/rounds/site_check.h"

#include "lists/site/site_dns.h"
#include "net/dmarc.h"
#include "spool/queue.h"
#include "spool/relay_check.h"
#include "store/database.h"
#include "store/site_lock.h"

namespace majlis::lists {

Result<std::uint64_t> check_database(const Site& site) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  Result<store::ChangeNumber> change = (*state)->change_number();
  if (!change) return Error{ErrorKind::damaged, change.error().what};
  return *change;
}

bool can_tell_restarts() { return store::can_tell_restarts(); }

Result<SpoolSight> look_at_spool(const Site& site) {
  const Result<spool::QueueSummary> queue = spool::summarise_queue(site.spool());
  if (!queue) return queue.error();
  const Result<std::vector<spool::Damage>> damage = spool::find_damage(site.spool());
  if (!damage) return damage.error();
  SpoolSight sight{.in_new = queue->in_new,
                   .in_later = queue->in_later,
                   .on_hold = queue->on_hold,
                   .in_bad = queue->in_bad,
                   .damaged = damage->size(),
                   .first_damaged = ""};
  if (!damage->empty()) sight.first_damaged = damage->front().entry.job_id + ": " + damage->front().why;
  return sight;
}

Result<std::string> relay_problem(const Site& site) {
  const Result<spool::Relay> relay = site.relay();
  if (!relay) return relay.error();
  return spool::relay_problem(*relay);
}

Result<std::string> ask_for_own_policy(const Site& site) {
  SiteDns dns(site.config());
  const net::DmarcFinding finding = net::find_dmarc_policy(site.config().domain, dns.lookup());
  if (finding.kind == net::DmarcFinding::Kind::failed) return Error{ErrorKind::again, finding.why};
  if (finding.kind == net::DmarcFinding::Kind::none) return std::string();
  const bool is_none = finding.policy == net::DmarcPolicy::none;
  return std::string(is_none ? "p=none" : finding.policy == net::DmarcPolicy::reject ? "p=reject" : "p=quarantine");
}

Status check_relay_url(const std::string& url) {
  const Result<spool::Relay> relay = spool::Relay::parse(url);
  return relay ? Status() : Status(relay.error());
}

}  // namespace majlis::lists
