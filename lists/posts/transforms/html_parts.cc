#include "lists/posts/transforms/transforms.h"
#include "lists/site/config/html_settings.h"

namespace majlis::lists {

// html, html_remote and collapse_alternatives (mail/html_policy.h). A post that a moderator has approved although they
// cannot be carried out goes out as it came.
Result<Draft> html_parts(const PostContext& context, Draft draft) {
  if (!mail::has_html(*context.post)) return draft;
  const mail::Message& message = draft.message();
  mail::PartEdit parts(message);
  const std::size_t changed = mail::apply_html_policy(message, html_policy_of(context.list->config()), parts);
  if (context.changes != nullptr) context.changes->html += changed;
  parts.write_to(draft.edit());
  return draft;
}

}  // namespace majlis::lists
