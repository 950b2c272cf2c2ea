#pragma once

#include <string_view>

#include "lists/effects/pending.h"
#include "lists/effects/work.h"
#include "lists/posts/held/held_post.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// Tells each moderator of a post that waits, by the text of the list's tongue (Dialect::notice), with a token of its
// own and the post: the first held_notice_octets of it where it is longer, never what content policy found in it;
// without it where the scanner has not called it clean. Beyond held_notices_per_day nobody is told of each: what waits
// stands in the daily reminder, which the moderators hear, once a day.
Status notify_moderators(Work& work, const List& list, const PostFacts& facts, const PendingItem& item,
                         const HeldPost& post);

// The Subject of such a notice.
std::string subject_of_notice(const Work& work, const List& list, const PendingItem& item);

// What stands above the text of such a notice, or of one that says who has claimed a post, where somebody's answer has
// it: with a program that marks no quotation.
std::string above_notice(const Site& site, const List& list, std::string_view text);

// The first octets of `bytes`, to the end of a line where one ends among them.
std::string_view beginning_of(std::string_view bytes, std::size_t most);

// In a text about a held post: the lines that decide, and who is told a reason by them.
constexpr std::string_view kReasonPart = "part_author_reason";

}  // namespace majlis::lists
