#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/site/list.h"
#include "mail/message.h"

// Lists whose posts go out in the list's name (setting `anonymous`).
namespace majlis::lists {

bool is_anonymous(const List& list);

// The Message-ID under which members know a post: always the same for one post of this list, so that threads keep
// together, and of no use to whoever has not the site's secret. With angle brackets; "" for "".
std::string anonymous_message_id(const Site& site, const List& list, std::string_view message_id);
// The same of a post whose own is missing or malformed, too.
std::string anonymous_message_id(const Site& site, const List& list, const mail::Message& post);
// The same for a Message-ID that a post refers to: one of those above is what it is.
std::string anonymous_reference(const Site& site, const List& list, std::string_view message_id);

// The author's addresses, as From, Sender and Reply-To name them, without the list's own; at most 20.
std::vector<mail::Address> addresses_of_author(const List& list, const mail::Message& post);

}  // namespace majlis::lists
