#include "lists/posts/reading/missing_fields.h"

#include "base/text.h"
#include "mail/edit.h"

namespace majlis::lists {

mail::Message with_missing_fields(const List& list, const Arrival& arrival, const mail::Message& post) {
  mail::Edit edit(post);
  if (!post.has_field("Date")) edit.add_field("Date", rfc5322_date(arrival.now));
  if (!post.has_field("Message-ID")) {
    edit.add_field("Message-ID", "<" + hex(arrival.fingerprint()) + ".post@" + list.name().domain() + ">");
  }
  return edit.is_empty() ? post : mail::Message::open(edit.apply().bytes);
}

}  // namespace majlis::lists
