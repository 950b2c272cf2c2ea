#pragma once

#include <span>
#include <string_view>

#include "lists/site/config/value_tokens.h"
#include "lists/site/list.h"
#include "mail/edit.h"

namespace majlis::lists {

// One change to a post on its way to the members. Edits go by byte ranges: what no transform touches stays as it was.
using Transform = void (*)(const List&, const mail::Message&, mail::Edit&);

struct TransformRow {
  std::string_view name;
  Transform transform;
};

// In this order (DESIGN section 8).
std::span<const TransformRow> post_transforms();

// The post as the members get it.
std::string transformed(const List& list, const mail::Message& message);

// The fields that say whose mail this is, for a message that the list itself writes to its members.
void mark_as_own(const List& list, const mail::Message& message, mail::Edit& edit);

// The same two with something of each member's own (personal.h): texts in which marks of `gap_stem` may stand, and a
// link to leave by.
void decorate_with_texts(const List& list, const mail::Message& message, const PostTokens& tokens,
                         std::string_view gap_stem, mail::Edit& edit);
void add_list_fields(const List& list, const std::string& unsubscribe_link, mail::Edit& edit);

void cleanse(const List& list, const mail::Message& message, mail::Edit& edit);
void subject_prefix(const List& list, const mail::Message& message, mail::Edit& edit);
void message_texts(const List& list, const mail::Message& message, mail::Edit& edit);
void sender(const List& list, const mail::Message& message, mail::Edit& edit);
void reply_to(const List& list, const mail::Message& message, mail::Edit& edit);
void list_fields(const List& list, const mail::Message& message, mail::Edit& edit);
void message_headers(const List& list, const mail::Message& message, mail::Edit& edit);

}  // namespace majlis::lists
