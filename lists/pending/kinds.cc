#include "lists/pending/kinds.h"

#include <algorithm>
#include <array>

#include "lists/members/membership_request.h"
#include "lists/members/request_decision.h"
#include "lists/posts/held/moderation.h"
#include "lists/posts/held/notice.h"

namespace majlis::lists {
namespace {

// Nothing of a request is slow.
Status settle_membership(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling,
                         std::optional<Copies> /*copies*/) {
  return settle_request(work, list, item, ruling);
}

constexpr std::array kKinds = {
    PendingKind{kPendingPost, settle_post, subject_of_notice, summary_of_post, describe_post},
    PendingKind{kPendingJoin, settle_membership, subject_of_request, summary_of_request, describe_request},
    PendingKind{kPendingLeave, settle_membership, subject_of_request, summary_of_request, describe_request},
};

}  // namespace

Result<const PendingKind*> find_kind(const store::PendingItem& item) {
  const auto found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const PendingKind& kind) { return kind.word == item.kind; });
  if (found == kKinds.end()) {
    return Error{ErrorKind::damaged, "lists: pending item " + item.id + " of " + item.list + ": its kind is not known"};
  }
  return &*found;
}

}  // namespace majlis::lists
