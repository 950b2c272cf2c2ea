#include "lists/pending/settle.h"

#include "lists/pending/kinds.h"
#include "lists/pending/standing.h"
#include "store/database.h"

namespace majlis::lists {

Status settle_pending(Work& work, const List& list, std::string_view id, const Ruling& ruling,
                      std::optional<Copies> copies) {
  Result<std::optional<store::PendingItem>> item = work.state().find_pending(list.address(), id);
  if (!item) return item.error();
  if (!*item) {
    return Error{ErrorKind::refused, "lists: nothing waits under " + std::string(id) + " (it may have had its answer)"};
  }
  Result<const PendingKind*> kind = find_kind(**item);
  if (!kind) return kind.error();
  Status settled = (*kind)->settle(work, list, **item, ruling, std::move(copies));
  return settled ? change_standing(work, list, **item, ruling) : settled;
}

Status expire_pending(Work& work, const List& list, const store::DueItem& item) {
  Status settled = settle_pending(work, list, item.id, {.settlement = Settlement::expire});
  // Somebody decided, and the item was left: nothing to do.
  return !settled && settled.error().kind == ErrorKind::refused ? Status() : settled;
}

}  // namespace majlis::lists
