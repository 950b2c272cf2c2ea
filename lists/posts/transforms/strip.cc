#include "lists/posts/content/removal.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {

// The first of all: what was found has the offsets of the post as it was judged.
Result<Draft> strip(const PostContext& context, Draft draft) {
  if (context.content != nullptr) {
    const NoteOf note_of = notes_of(*context.site, *context.list);
    remove_found(draft.message(), *context.content, note_of, draft.edit());
    if (context.changes != nullptr) context.changes->removed += context.content->found.size();
  }
  return draft;
}

}  // namespace majlis::lists
