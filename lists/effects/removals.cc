#include "lists/effects/removals.h"

#include "base/text.h"

namespace majlis::lists {
namespace {

Status forget(const Site& site, const store::DueItem& item) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  Result<bool> gone = (*state)->unschedule(item.kind, item.list, item.id);
  if (!gone) return gone.error();
  return *gone ? (*state)->commit() : Status();
}

// Gives the lock back at its end.
Status finish_leaving(Work work, const store::DueItem& item, std::string_view outcome) {
  Status done = work.state().schedule(item, work.now());
  return done ? work.finish(outcome) : done;
}

}  // namespace

Status finish_unrepeated(Work work, const std::string& list, std::string_view outcome) {
  if (work.is_repeat() || !work.removes_files()) return work.finish(outcome);
  const Site& site = work.site();
  store::DueItem left;
  left.kind = kRemovals;
  left.list = list;
  left.id = hex(work.fingerprint());
  left.due = work.now();
  Status done = finish_leaving(std::move(work), left, outcome);
  return done ? forget(site, left) : done;
}

Status finish_removals(Work& work, const List& /*list*/, const store::DueItem& item) {
  Result<std::optional<store::Receipt>> receipt = work.state().find_receipt(fingerprint_of(item.id));
  if (!receipt) return receipt.error();
  return *receipt ? publish(work.site(), (*receipt)->steps) : Status();
}

}  // namespace majlis::lists
