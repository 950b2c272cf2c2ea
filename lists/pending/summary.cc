#include "lists/pending/summary.h"

#include <algorithm>
#include <span>

#include "lists/effects/decide_lines.h"
#include "lists/effects/letters.h"
#include "lists/effects/moderation_word.h"
#include "lists/pending/kinds.h"
#include "lists/pending/waiting.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxShown = 200;

// Right for what is shown, and no longer than it may wait. `items`: all of them, the oldest first.
std::string word_for_all(const Work& work, const List& list, const std::vector<store::PendingItem>& items) {
  const UnixTime before = items.size() > kMaxShown ? items[kMaxShown].asked : work.now();
  return moderation_word_for_all(work.site(), list, before, pending_until(list, work.now()));
}

// How to decide by answering the letter, whose Subject has the ${token}.
TextValues answer_values(const Work& work, const List& list, const std::vector<store::PendingItem>& items) {
  TextValues values = decide_values(work, list, items.front(), dialect_of(list), "part_author_reason");
  const bool is_one = items.size() == 1;
  if (!is_one) {
    values["token"] = word_for_all(work, list, items);
    values["subject_token"] = fill_in(dialect_of(list).subject_token, {{"token", values["token"]}});
  }
  values["how"] = part_text(work, list, is_one ? "part_decide_one" : "part_decide_all", values);
  return values;
}

}  // namespace

Status remind_of_pending(Work& work, const List& list, const store::DueItem& due) {
  Result<std::vector<store::PendingItem>> items = oldest_pending(work.state(), list.address());
  if (!items) return items.error();
  // The run that takes what has expired away may come behind this one, where the clock leapt.
  std::erase_if(*items, [&](const store::PendingItem& item) { return item.expires <= work.now(); });
  if (items->empty()) return {};
  const std::span shown = std::span(*items).first(std::min(items->size(), kMaxShown));
  std::string blocks;
  for (const store::PendingItem& item : shown) {
    Result<const PendingKind*> kind = find_kind(item);
    if (!kind) return kind.error();
    blocks += (*kind)->summary(work, list, item);
  }
  Correspondence letter;
  letter.text_name = "hold_summary";
  letter.values = {{"count", std::to_string(items->size())},
                   {"shown", std::to_string(shown.size())},
                   {"posts", blocks},
                   {"server", list.role_address("request")}};
  letter.values.merge(answer_values(work, list, *items));
  // Of several it belongs to no one's thread; naming all would make one of them.
  if (items->size() == 1) letter.follows = notice_message_id(list, items->front().id);
  letter.to = list.moderators();
  letter.reply_to = list.role_address("request");
  send_letter(work, list, letter);
  work.log_when_done(
      LogLine("held").with("list", list.address()).with("waiting", static_cast<std::int64_t>(items->size())));
  return schedule_hold_summary(work.state(), due.list, work.now());
}

}  // namespace majlis::lists
