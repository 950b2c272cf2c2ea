#include "lists/posts/held/moved_post.h"

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/moved_in.h"
#include "lists/effects/pending.h"
#include "lists/posts/held/held_post.h"
#include "lists/posts/held/moderation.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

constexpr const char* kRule = "import";
constexpr std::size_t kMaxShownOctets = 500;

HeldPost details_of(const MovedPost& post) {
  return {.subject = std::string(utf8_prefix(post.subject, kMaxShownOctets)),
          .message_id = post.message_id,
          .rule = kRule,
          .reasons = {{ReasonId::in_words, {{"text", printable_utf8(post.reason, kMaxShownOctets)}}}},
          .size_octets = post.message.size()};
}

}  // namespace

std::string moved_post_id(const Site& site, const List& list, const std::string& place, UnixTime since) {
  return pending_id(site, list, "moved:" + place, since);
}

Result<bool> hold_moved_post(Work& work, const List& list, const MovedPost& post) {
  const WaitedElsewhere there{post.place, post.since};
  Result<bool> is_known = has_moved_in(work.state(), list, there);
  if (!is_known) return is_known.error();
  if (*is_known) return false;
  store::PendingItem item;
  item.list = list.address();
  item.kind = kPendingPost;
  item.id = moved_post_id(work.site(), list, post.place, post.since);
  const auto sender = mail::Address::parse(post.sender);
  item.address = sender ? sender->canonical() : "";
  item.asked = work.now();
  item.expires = pending_until(list, work.now());
  item.details = lists::details_of(details_of(post));
  Status held = make_directory(list.directory() + "/held", 0700);
  if (held) held = add_pending(work, item);
  if (held) held = note_moved_in(work, list, there);
  if (!held) return held.error();
  work.write_file(held_file(list, item.id), post.message);
  return true;
}

}  // namespace majlis::lists
