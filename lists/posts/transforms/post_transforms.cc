#include <array>

#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {
namespace {

constexpr std::array kTransforms = {
    TransformRow{"cleanse", cleanse},
    TransformRow{"subject_prefix", subject_prefix},
    TransformRow{"message_texts", message_texts},
    TransformRow{"sender", sender},
    TransformRow{"reply_to", reply_to},
    TransformRow{"list_fields", list_fields},
    TransformRow{"message_headers", message_headers},
};

}  // namespace

std::span<const TransformRow> post_transforms() { return kTransforms; }

std::string transformed(const List& list, const mail::Message& message) {
  mail::Edit edit(message);
  for (const TransformRow& row : kTransforms) row.transform(list, message, edit);
  return edit.apply();
}

void mark_as_own(const List& list, const mail::Message& message, mail::Edit& edit) {
  edit.remove_fields("Precedence");
  for (const Transform transform : {sender, reply_to, list_fields, message_headers}) transform(list, message, edit);
}

}  // namespace majlis::lists
