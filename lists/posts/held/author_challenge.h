#pragma once

#include "lists/effects/token_letter.h"
#include "lists/effects/work.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// Posts that wait until their author has confirmed that they are from there (nonmember_posts, unauthenticated =
// challenge). They are pending items of the kind "post" like others, held for the reason `challenged`; moderators hear
// nothing of them, and can decide about them all the same.

inline ChallengedAction confirm_post_action() { return {std::string(kConfirmPost), ""}; }

bool waits_for_author(const store::PendingItem& item);

// Whether a letter to the author is open, or a post waits for the author's answer: the next answer is for all that
// does.
Result<bool> is_asked(Work& work, const List& list, const mail::Address& author);

// One letter asks about everything of an address that waits; while it is open there is no other. false: the address,
// the list, or the network has had its share for today, so that nobody is asked.
Result<bool> ask_author(Work& work, const List& list, const PostFacts& facts);

}  // namespace majlis::lists
