#include "mail/related_type.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {

// A page that became text, or a part that was taken out, may have been the root of a multipart/related.
Result<Draft> related_type(const PostContext& context, Draft draft) {
  if (!mail::has_related(*context.post)) return draft;
  const mail::Message& message = draft.message();
  mail::mend_related_types(message, *context.post, draft.edit());
  return draft;
}

}  // namespace majlis::lists
