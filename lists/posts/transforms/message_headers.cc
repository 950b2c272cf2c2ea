#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"
#include "lists/site/config/posting_values.h"

namespace majlis::lists {

// Fields of the owner's. Edit::add_field() makes exactly one field of each line, whatever $SENDER brings along.
Result<Draft> message_headers(const PostContext& context, Draft draft) {
  const List& list = *context.list;
  if (!list.config().is_set(Setting::message_headers)) return draft;
  const PostTokens tokens = tokens_of(list, *context.post, SenderAs::from_text);
  for (const std::string& line : list.config().lines(Setting::message_headers)) {
    const AddedField field = read_added_field(line);
    if (!field.name.empty()) draft.edit().add_field(field.name, fill_in_tokens(field.value, tokens));
  }
  return draft;
}

}  // namespace majlis::lists
