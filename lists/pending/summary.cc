#include "lists/pending/summary.h"

#include <algorithm>
#include <tuple>

#include "lists/effects/letters.h"
#include "lists/pending/kinds.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxCounted = 1000;
constexpr std::size_t kMaxShown = 50;

}  // namespace

Status remind_of_pending(Work& work, const List& list, const store::DueItem& due) {
  Result<std::vector<store::PendingItem>> items = work.state().pending_items(list.address(), kMaxCounted);
  if (!items) return items.error();
  if (items->empty()) return {};
  std::sort(items->begin(), items->end(), [](const store::PendingItem& left, const store::PendingItem& right) {
    return std::tie(left.asked, left.id) < std::tie(right.asked, right.id);
  });
  std::string blocks;
  const std::size_t shown_count = std::min(items->size(), kMaxShown);
  for (std::size_t i = 0; i < shown_count; ++i) {
    Result<const PendingKind*> kind = find_kind((*items)[i]);
    if (!kind) return kind.error();
    blocks += (*kind)->summary(work, list, (*items)[i]);
  }
  Correspondence letter;
  letter.text_name = "hold_summary";
  letter.values = {{"count", std::to_string(items->size())},
                   {"shown", std::to_string(shown_count)},
                   {"posts", blocks},
                   {"server", list.role_address("request")}};
  letter.to = list.moderators();
  letter.reply_to = list.role_address("request");
  send_letter(work, list, letter);
  work.log_when_done(
      LogLine("held").with("list", list.address()).with("waiting", static_cast<std::int64_t>(items->size())));
  return schedule_hold_summary(work.state(), due.list, work.now());
}

}  // namespace majlis::lists
