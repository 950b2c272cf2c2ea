#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/address.h"

namespace majlis::lists {

// Majordomo's sender: replaces the Sender field; tokens are filled in as in reply_to. Empty leaves the field as it
// came. Bounces do not go there: the envelope sender is the list's own.
Result<Draft> sender(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  const std::string filled =
      fill_in_tokens(list.config().text(Setting::sender), tokens_of(list, *context.post, SenderAs::address));
  const auto address = mail::Address::parse(filled == list.name().name() ? list.address() : list.with_host(filled));
  if (!address) return draft;
  draft.edit().remove_fields("Sender");
  draft.edit().add_field("Sender", address->text());
  return draft;
}

}  // namespace majlis::lists
