#pragma once

#include <string>

#include "lists/site/list.h"
#include "mail/message.h"

namespace majlis::lists {

// Which of the list's topics a post is about, as wants_topic() takes it: those that its Subject names in front of the
// first colon ("Re: Menus, news: ...") or as "#menus", and those whose pattern its Subject or Keywords field matches.
// "other" when it is none of them, "all" where the Subject names ALL; "" on a list without topics.
std::string topics_of_post(const List& list, const mail::Message& post);

}  // namespace majlis::lists
