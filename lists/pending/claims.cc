#include "lists/pending/claims.h"

#include <algorithm>

#include "base/date_text.h"
#include "base/text.h"
#include "lists/effects/decide_lines.h"
#include "lists/effects/letters.h"
#include "lists/pending/kinds.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kClaimed = 4 * 3600;
constexpr std::size_t kMaxShownOctets = 140;

void tell_others(Work& work, const List& list, const store::PendingItem& item, const PendingKind& kind,
                 const PendingDescription& description) {
  Correspondence letter;
  letter.text_name = kClaimedText;
  letter.values = {{"notice_subject", kind.notice_subject(work, list, item)},
                   {"who", item.claimed_by},
                   {"until", minute_text(item.claimed_until)},
                   {"what", printable_utf8(description.subject, kMaxShownOctets)}};
  letter.values.merge(decide_values(work, list, item, dialect_of(list), "part_author_reason"));
  letter.follows = notice_message_id(list, item.id);
  letter.to = list.moderators();
  std::erase_if(letter.to, [&](const mail::Address& moderator) { return moderator.canonical() == item.claimed_by; });
  letter.reply_to = list.role_address("request");
  send_letter(work, list, letter);
}

void note_claim(Work& work, const store::PendingItem& item, const PendingDescription& description) {
  const std::string until = iso8601(item.claimed_until);
  work.note(description.message_id.empty() ? item.address : description.message_id,
            item.kind + " list=" + item.list + " verdict=claim" + by_words(item.claimed_by) + " until=" + until);
  work.log_when_done(LogLine("claim")
                         .with("list", item.list)
                         .with("kind", item.kind)
                         .with("address", item.address)
                         .with("msgid", description.message_id)
                         .with("by", item.claimed_by)
                         .with("until", until));
}

}  // namespace

Result<Claim> claim_pending(Work& work, const List& list, std::string_view id, const std::string& by) {
  Result<std::optional<store::PendingItem>> found = work.state().find_pending(list.address(), id);
  if (!found) return found.error();
  if (!*found) {
    return Error{ErrorKind::refused, "lists: nothing waits under " + std::string(id) + " (it may have had its answer)"};
  }
  store::PendingItem& item = **found;
  const std::optional<Claim> former = claim_of(item, work.now());
  if (former && former->by != by) return *former;
  Result<const PendingKind*> kind = find_kind(item);
  if (!kind) return kind.error();
  Result<PendingDescription> description = (*kind)->describe(item);
  if (!description) return description.error();
  item.claimed_by = by;
  item.claimed_until = std::min(work.now() + kClaimed, item.expires);
  if (Status kept = work.state().put_pending(item); !kept) return kept.error();
  tell_others(work, list, item, **kind, *description);
  note_claim(work, item, *description);
  return Claim{item.claimed_by, item.claimed_until};
}

Result<std::optional<Claim>> claim_of_another(Work& work, const List& list, std::string_view id,
                                              const std::string& by) {
  Result<std::optional<store::PendingItem>> item = work.state().find_pending(list.address(), id);
  if (!item) return item.error();
  std::optional<Claim> claim = *item ? claim_of(**item, work.now()) : std::nullopt;
  if (claim && claim->by == by) claim.reset();
  return claim;
}

}  // namespace majlis::lists
