#pragma once

#include "base/result.h"
#include "lists/effects/work.h"
#include "lists/site/list.h"
#include "mail/address.h"

namespace majlis::lists {

// restrict_post: whether `address` is a member of one of the lists it names, or stands in one of the files (LIST's
// folder posters, one address a line, '#' begins a comment line). A name that is neither lets nobody pass and is
// logged; so is a file that cannot be read. An Error only when the roster cannot be asked.
Result<bool> is_permitted_poster(Work& work, const List& list, const mail::Address& address);

// Whether `address` is one of the lines of such a file. Pure; reads any byte string.
bool names_address(std::string_view file, const mail::Address& address);

}  // namespace majlis::lists
