#pragma once

#include <string>
#include <string_view>

#include "lists/effects/decision.h"
#include "lists/effects/pending.h"
#include "lists/effects/scanning.h"
#include "lists/effects/work.h"
#include "lists/posts/distribution/copies.h"
#include "lists/posts/rules/rules.h"
#include "lists/site/texts.h"

namespace majlis::lists {

// Keeps a post for its moderators: the message as a file of the list, a row that knows why, a notice to each moderator
// with a token of its own, and word to the author. That there is room was asked before (room.h).
Status hold_post(Work& work, const List& list, const PostFacts& facts, const Decision& decision);

// A held post with this Message-ID was approved in another way (sent in again with the password): it goes.
Status settle_held_copy(Work& work, const List& list, std::string_view message_id);

// What a post that waits here owes once it was decided: to the members, to its author, or
// nothing. `copies` are made now, under the lock, where `approve` needs them and they are not given; on a list whose
// posts are scanned that is an Error (again), as nobody waits there for a scanner.
Status settle_post(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling,
                   std::optional<Copies> copies);

// What goes out of a held post once it is approved, or why it does not: what the scanner says of it now.
struct Release {
  Copies copies;                        // none where there is an obstacle
  std::optional<Reason> obstacle = {};  // infected or not_scanned
};
// Slow, and asks no state: to be made before Work::begin(). nullopt: its file is not there (any more).
Result<std::optional<Release>> release_of_held(const Site& site, const List& list, std::string_view id,
                                               SiteScanner& scanner, const CopyFacts& facts);

// The message of a held post as it is kept; nullopt: its file is not there (any more), or `id` is none.
Result<std::optional<mail::Message>> open_held(const Site& site, const List& list, std::string_view id);

// Whether there may be such a post: its file is there.
bool has_held_file(const Site& site, const List& list, std::string_view id);

// As it stands in the daily reminder, with the lines that decide.
std::string summary_of_post(const Work& work, const List& list, const store::PendingItem& item);

Result<PendingDescription> describe_post(const store::PendingItem& item);

// The path of a held post's message relative to the site.
std::string held_file(const List& list, std::string_view id);

}  // namespace majlis::lists
