#include "lists/posts/transforms/transforms.h"
#include "mail/address.h"

namespace majlis::lists {

// Majordomo's sender: replaces the Sender field. Empty leaves the field as it came. Bounces do not go there: the
// envelope sender is the list's own.
Result<Draft> sender(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  const auto address = mail::Address::parse(list.with_host(list.config().text(Setting::sender)));
  if (!address) return draft;
  draft.edit().remove_fields("Sender");
  draft.edit().add_field("Sender", address->text());
  return draft;
}

}  // namespace majlis::lists
