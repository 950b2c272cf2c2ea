#pragma once

#include <string>

#include "mail/address.h"

namespace majlis::lists {

// The author's name as people read it, valid UTF-8 on one line, with nothing in it that looks like an address: of one
// that is written in it what stands before the '@' is left. Without a name what the address begins with. Never empty.
std::string name_without_address(const mail::Mailbox& author);

// Name and address as a field body, encoded anew.
std::string mailbox_field(const mail::Mailbox& mailbox);

}  // namespace majlis::lists
