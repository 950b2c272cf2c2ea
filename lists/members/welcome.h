#pragma once

#include "lists/effects/letters.h"

namespace majlis::lists {

// What the welcome and the farewell say of a list: ${use}, how its members write to it and read it, and ${intro}, its
// text for new members, else its info, else nothing.
Result<TextValues> welcome_values(Work& work, const List& list);

// Mails one of them, "welcome" or "goodbye".
Status send_welcome(Work& work, const List& list, std::string_view text_name, const mail::Address& address);

}  // namespace majlis::lists
