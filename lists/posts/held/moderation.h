#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/effects/decision.h"
#include "lists/effects/work.h"
#include "lists/posts/distribution.h"
#include "lists/posts/rules/rules.h"
#include "lists/site/texts.h"

namespace majlis::lists {

// Keeps a post for its moderators: the message as a file of the list, a row that knows why, a notice to each moderator
// with a token of its own, and word to the author.
Status hold_post(Work& work, const List& list, const PostFacts& facts, const Decision& decision);

// Tells the author what became of the post, a value `reason` being a rule's (reasons.h): not to robots, not more often
// than the site's replies_per_day.
Status tell_author(Work& work, const List& list, const PostFacts& facts, std::string_view text_name, TextValues values);

// A held post with this Message-ID was approved in another way (sent in again with the password): it goes.
Status settle_held_copy(Work& work, const List& list, std::string_view message_id);

enum class Settlement {
  approve,
  reject,
  discard,
  superseded,  // its author or moderator has sent it again, approved
  expire,      // nobody decided in hold_days
};

// What goes out of a held post once it is approved. Slow, and asks no state: to be made before Work::begin(). nullopt:
// its file is not there (any more).
Result<std::optional<Copies>> copies_of_held(const Site& site, const List& list, std::string_view id);

// What is to be done with a held post; refused when there is none of that id (any more).
// `reason` is told to the author by `reject`; `copies` are for `approve`, made now where they are not given.
Status settle_held(Work& work, const List& list, std::string_view id, Settlement settlement, std::string_view reason,
                   std::optional<Copies> copies = std::nullopt);

// The word a moderator sends back: the held post's id and a token over it.
std::string moderation_word(const Site& site, const store::HeldPost& post);
// The id when the word is right for a post of `list` at `now`; wrong, expired and foreign words give nullopt alike.
std::optional<std::string> check_moderation_word(const Site& site, const List& list, std::string_view word,
                                                 UnixTime now);

// A valid word somewhere in `message` and the post it is about: a moderator's notice, sent on.
struct FoundModerationWord {
  std::string id;
  bool is_accept_line = false;  // the line is "accept WORD", as in the notice itself
};
std::optional<FoundModerationWord> find_moderation_word(const Site& site, const List& list,
                                                        const mail::Message& message, UnixTime now);

// The path of a held post's message relative to the site.
std::string held_file(const List& list, std::string_view id);

}  // namespace majlis::lists
