#include "lists/posts/held/held_post.h"

#include "store/codec.h"

namespace majlis::lists {
namespace {

constexpr std::uint8_t kVersion = 1;  // also what store/rows.cc makes of posts that an earlier version held

}  // namespace

std::string details_of(const HeldPost& post) {
  return store::RowWriter(kVersion)
      .text(post.subject)
      .text(post.message_id)
      .text(post.rule)
      .text(post.reason)
      .number(post.size_octets)
      .take();
}

Result<HeldPost> read_held_post(const store::PendingItem& item) {
  store::RowReader in(item.details, kVersion, "held post");
  HeldPost post;
  for (std::string* field : {&post.subject, &post.message_id, &post.rule, &post.reason}) *field = in.text();
  post.size_octets = in.number();
  Status whole = in.finish();
  if (!whole) return whole.error();
  return post;
}

}  // namespace majlis::lists
