#include "base/text.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {
namespace {

const mail::Field* only_field(const mail::Message& message, std::string_view name) {
  for (const mail::Field& field : message.scan().parts.front().fields) {
    if (equals_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

}  // namespace

// personalize = full: the member alone stands in To. Whom the author wrote to stands in Cc, so that an answer to all
// goes where it went before.
Result<Draft> addressee(const PostContext& context, Draft draft) {
  const bool is_wanted = context.list->config().choice(Setting::personalize) == "full";
  if (context.marks == nullptr || !is_wanted || context.post->scan().is_ambiguous()) return draft;
  const mail::Message& message = draft.message();
  mail::Edit& edit = draft.edit();
  const std::string_view bytes = message.bytes();
  const mail::Field* to = only_field(message, "To");
  const mail::Field* cc = only_field(message, "Cc");
  const std::string_view others = to != nullptr ? bytes.substr(to->body_begin, to->body_end - to->body_begin) : "";
  const bool is_named = !trim(others).empty();
  if (is_named && cc == nullptr) {
    edit.remove(to->begin, to->begin + to->name.size());
    edit.insert(to->begin, "Cc");
  } else if (to != nullptr) {
    edit.remove(to->begin, to->end);
    if (is_named) {
      const bool is_alone = trim(bytes.substr(cc->body_begin, cc->body_end - cc->body_begin)).empty();
      const std::string line_end = message.scan().crlf ? "\r\n" : "\n";
      edit.insert(cc->body_begin, std::string(others) + (is_alone ? "" : "," + line_end + " "));
    }
  }
  edit.add_field("To", context.marks->word(spool::PointKind::header_mailbox));
  return draft;
}

}  // namespace majlis::lists
