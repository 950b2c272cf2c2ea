#include "lists/posts/transforms/transforms.h"
#include "mail/address.h"

namespace majlis::lists {

// Majordomo's sender: replaces the Sender field. Empty leaves the field as it came. Bounces do not go there: the
// envelope sender is the list's own.
void sender(const List& list, const mail::Message& /*message*/, mail::Edit& edit) {
  const auto address = mail::Address::parse(list.with_host(list.config().text(Setting::sender)));
  if (!address) return;
  edit.remove_fields("Sender");
  edit.add_field("Sender", address->text());
}

}  // namespace majlis::lists
