#pragma once

#include "commands/desk/desk.h"

namespace majlis::commands {

// Looks what the password of this line shows ("PW=..."), for the list that the line is about, and takes it as what
// stands behind the request at hand (Desk::given()). A wrong one, which shows nothing, is told, and the request goes on
// as without it.
Status take_given_password(Desk& desk, const Request& request);

}  // namespace majlis::commands
