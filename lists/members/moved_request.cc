#include "lists/members/moved_request.h"

namespace majlis::lists {

Result<bool> keep_moved_request(Work& work, const List& list, const MembershipRequest& request,
                                const WaitedElsewhere& there) {
  const Result<bool> is_known = has_moved_in(work.state(), list, there);
  if (!is_known) return is_known.error();
  if (*is_known) return false;
  Status kept = note_moved_in(work, list, there);
  if (!kept) return kept.error();
  const std::string kind(kind_of(request.change));
  const std::string address = request.who.address.canonical();
  Result<std::optional<store::PendingItem>> waiting = work.state().find_pending_about(list.address(), kind, address);
  if (!waiting) return waiting.error();
  if (*waiting) return false;
  store::PendingItem item;
  item.list = list.address();
  item.kind = kind;
  item.address = address;
  item.id = pending_id(work.site(), list, kind + ":" + address, work.now());
  item.asked_by = address;
  item.tongue = list.config().choice(Setting::dialect);
  item.asked = work.now();
  item.expires = pending_until(list, work.now());
  item.details = details_of(request);
  kept = add_pending(work, item);
  return kept ? Result<bool>(true) : kept.error();
}

}  // namespace majlis::lists
