#pragma once

#include <string>
#include <string_view>

#include "lists/effects/letters.h"
#include "lists/effects/work.h"
#include "lists/members/bounces/bounce_policy.h"
#include "lists/site/list.h"

namespace majlis::lists {

// Registers a failure of mail to a member: counts it as decide_bounce() says, and where a limit is passed sends the
// probe (bounce_processing = yes). Returns the word of the rule. Log, trace and the owner's report are written.
Result<std::string_view> register_failure(Work& work, const List& list, const store::Member& member, BounceEvent event);

enum class Probing {
  sent,
  no_room,   // for a tag beside the list's name
  tomorrow,  // today's tag is spent
};

// Sends a letter (text and values; the rest is filled in) whose failure alone suspends the member, and notes it in
// `record`, which the caller keeps. Nothing leaves when it says something else than `sent`.
Result<Probing> send_probe(Work& work, const List& list, const store::Member& member, store::BounceRecord& record,
                           Correspondence letter);

// The probe that is out came back: the member is suspended, unless the letter itself was refused. Returns the word of
// the rule.
Result<std::string_view> register_failed_probe(Work& work, const List& list, const store::Member& member,
                                               store::BounceRecord record, const BounceEvent& event);

}  // namespace majlis::lists
