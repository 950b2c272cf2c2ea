#include <array>

#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {
namespace {

constexpr std::array kTransforms = {
    TransformRow{"strip", strip, Changes::post},
    TransformRow{"cleanse", cleanse, Changes::post},
    TransformRow{"html_parts", html_parts, Changes::post},
    TransformRow{"related_type", related_type, Changes::post},
    TransformRow{"remove_headers", remove_headers, Changes::post},
    TransformRow{"anonymous_text", anonymous_text, Changes::post},
    TransformRow{"anonymous", anonymous, Changes::post},
    TransformRow{"subject_prefix", subject_prefix, Changes::post},
    TransformRow{"subject_tag", subject_tag, Changes::copy},
    TransformRow{"message_texts", message_texts, Changes::copy},
    TransformRow{"wrap", wrap, Changes::copy},
    TransformRow{"sender", sender, Changes::copy},
    TransformRow{"reply_to", reply_to, Changes::copy},
    TransformRow{"reply_to_mode", reply_to_mode, Changes::copy},
    TransformRow{"munge", munge, Changes::copy},
    TransformRow{"list_fields", list_fields, Changes::copy},
    TransformRow{"archived_at", archived_at, Changes::copy},
    TransformRow{"message_headers", message_headers, Changes::copy},
    TransformRow{"addressee", addressee, Changes::copy},
    TransformRow{"short_header", short_header, Changes::copy},
};

}  // namespace

std::span<const TransformRow> post_transforms() { return kTransforms; }

Result<Draft> transformed(Changes what, const PostContext& context, Draft draft) {
  for (const TransformRow& row : kTransforms) {
    if (row.changes != what) continue;
    Result<Draft> changed = row.transform(context, std::move(draft));
    if (!changed) return changed;
    draft = std::move(*changed);
  }
  return draft;
}

Result<Draft> mark_as_own(const List& list, const mail::Message& message) {
  PostContext context;
  context.list = &list;
  context.post = &message;
  Draft draft(message);
  draft.edit().remove_fields("Precedence");
  for (const Transform transform : {sender, reply_to, list_fields, message_headers}) {
    Result<Draft> changed = transform(context, std::move(draft));
    if (!changed) return changed;
    draft = std::move(*changed);
  }
  return draft;
}

}  // namespace majlis::lists
