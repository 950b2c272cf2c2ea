#include "lists/posts/transforms/transforms.h"
#include "mail/authentication/lost_signatures.h"

namespace majlis::lists {

FinishedCopy finish_copy(const PostContext& context, const Draft& draft) {
  const mail::Message& original = context.original == nullptr ? *context.post : *context.original;
  FinishedCopy finished{draft.bytes()};
  const mail::SignatureLosses losses = mail::compare_signed(original, finished.bytes);
  finished.is_changed = losses.is_changed;
  finished.bytes = mail::with_renamed(std::move(finished.bytes), losses.lost);
  return finished;
}

}  // namespace majlis::lists
