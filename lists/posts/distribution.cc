#include "lists/posts/distribution.h"

#include "lists/effects/verp.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/digests/digest_queue.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/personal.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {

Status distribute(Work& work, const List& list, const mail::Message& message, std::string_view envelope_sender) {
  Outgoing post;
  post.without = store::kMemberDigest;
  post.message_id = message.message_id();
  post.message = transformed(list, message);
  Status kept;
  if (list.config().is_on(Setting::archive)) {
    kept = work.archive(list, post.message, envelope_sender);
    if (kept) kept = schedule_archive_index(work, list, year_month(work.now()));
  }
  if (is_personal(list)) {
    spool::PointedText letter = personalised(list, message);
    post.message = std::move(letter.text);
    post.points = std::move(letter.points);
  }
  if (kept) kept = add_to_digests(work, list, message);
  return kept ? send_to_members(work, list, std::move(post)) : kept;
}

}  // namespace majlis::lists
