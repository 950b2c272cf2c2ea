#include "lists/effects/decide_lines.h"

#include "base/date_text.h"
#include "lists/effects/letters.h"
#include "lists/effects/moderation_word.h"
#include "lists/effects/pending.h"

namespace majlis::lists {

const tongues::Dialect& dialect_of(const List& list) {
  return tongues::dialect_named(list.config().choice(Setting::dialect));
}

TextValues decide_values(const Work& work, const List& list, const store::PendingItem& item,
                         const tongues::Dialect& dialect, std::string_view reason_part) {
  using tongues::Verb;
  TextValues values = {
      {"token", moderation_word(work.site(), item)},       {"accept", tongues::word_of(dialect, Verb::accept)},
      {"reject", tongues::word_of(dialect, Verb::reject)}, {"discard", tongues::word_of(dialect, Verb::discard)},
      {"trust", tongues::word_of(dialect, Verb::trust)},   {"ban", tongues::word_of(dialect, Verb::ban)},
      {"claim", tongues::word_of(dialect, Verb::claim)}};
  values["subject_token"] = fill_in(dialect.subject_token, {{"token", values["token"]}});
  const TextValues words = {{"token", values["token"]}, {"reason", part_text(work, list, reason_part)}};
  values["decide_lines"] = fill_in(dialect.decide_lines, words);
  return values;
}

std::string claimed_line(const Work& work, const List& list, const store::PendingItem& item) {
  const std::optional<Claim> claim = claim_of(item, work.now());
  if (!claim) return {};
  return part_text(work, list, "part_claimed", {{"who", claim->by}, {"until", minute_text(claim->until)}}) + "\n";
}

}  // namespace majlis::lists
