#include "lists/posts/transforms/anonymity.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/text_replacement.h"

namespace majlis::lists {

// anonymous_text: the author's address in Subject and texts becomes the list's, in forwarded messages and the fields of
// parts as well. Files are not looked into.
Result<Draft> anonymous_text(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  if (!is_anonymous(list) || !list.config().is_on(Setting::anonymous_text)) return draft;
  const std::vector<mail::Address> addresses = addresses_of_author(list, *context.post);
  if (addresses.empty()) return draft;
  const mail::FindRanges find = [&](std::string_view text, mail::SearchIn where) {
    return mail::find_addresses(text, addresses, where);
  };
  const mail::Message& message = draft.message();
  mail::replace_in_message(message, find, list.address(), mail::ReplaceIn::content, draft.edit());
  return draft;
}

}  // namespace majlis::lists
