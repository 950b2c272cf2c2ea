#include "lists/effects/moved_in.h"

#include <string>

#include "auth/fingerprint.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kRememberedFor = 10LL * 365 * 24 * 3600;

std::string digest_of(const WaitedElsewhere& what) {
  return auth::fingerprint({"moved", what.place, std::to_string(what.since)});
}

}  // namespace

Result<bool> has_moved_in(const store::View& state, const List& list, const WaitedElsewhere& what) {
  return state.has_seen(list.address(), digest_of(what));
}

Status note_moved_in(Work& work, const List& list, const WaitedElsewhere& what) {
  return work.state().mark_seen(list.address(), digest_of(what), work.now() + kRememberedFor);
}

}  // namespace majlis::lists
