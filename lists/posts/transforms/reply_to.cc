#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {

// Majordomo's reply_to: replaces Reply-To; tokens are filled in and a missing host is completed. Empty leaves the field
// alone, and so does what would be no address: a post without one single author, where $SENDER is wanted.
Result<Draft> reply_to(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  if (!list.config().is_set(Setting::reply_to) || context.style == HeaderStyle::as_written) return draft;
  const auto address = address_from_tokens(list, *context.post, Setting::reply_to);
  if (!address) {
    if (list.config().is_on(Setting::strip_reply_to)) draft.edit().remove_fields("Reply-To");
    return draft;
  }
  draft.edit().remove_fields("Reply-To");
  draft.edit().add_field("Reply-To", address->text());
  return draft;
}

}  // namespace majlis::lists
