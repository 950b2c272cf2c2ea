#pragma once

#include <string>
#include <string_view>

#include "lists/effects/ceilings.h"
#include "lists/effects/copy_wishes.h"
#include "lists/effects/work.h"
#include "lists/posts/rules/rules.h"
#include "lists/site/reasons.h"
#include "lists/site/texts.h"

namespace majlis::lists {

// What authors hear of their posts.

// By which they know one.
struct PostName {
  std::string message_id;
  std::string subject;
  UnixTime came = 0;
};

enum class AuthorLetter {
  sent,      // also when it says that it is the last for today
  nobody,    // a robot, no author, or an address of ours
  withheld,  // the mailbox has had its replies_per_day, of which the last said so
  used_up,   // the list has written its author_letters_per_day
};
// Tells the author what becomes of the post and why (${reason}).
Result<AuthorLetter> tell_author(Work& work, const List& list, const PostFacts& facts, const Reasons& reasons,
                                 std::string_view text_name, TextValues values);
// That it went out, where its author wants to know (option ack) and may have another letter today.
Status acknowledge(Work& work, const List& list, const PostPeople& people);

// What a moderator decided is not counted: whoever waits for it is told. Not to an address of ours.
// `reasons`: why the post was held.
void tell_rejection(Work& work, const List& list, const mail::Address& author, const PostName& post,
                    const Reasons& reasons, const std::string& reason);

}  // namespace majlis::lists
