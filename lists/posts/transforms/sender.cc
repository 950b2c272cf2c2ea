#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {

// Majordomo's sender: replaces the Sender field; tokens are filled in as in reply_to. Empty leaves the field as it
// came. Bounces do not go there: the envelope sender is the list's own.
Result<Draft> sender(const PostContext& context, Draft draft) {
  const auto address = address_from_tokens(*context.list, *context.post, Setting::sender);
  if (!address) return draft;
  draft.edit().remove_fields("Sender");
  draft.edit().add_field("Sender", address->text());
  return draft;
}

}  // namespace majlis::lists
