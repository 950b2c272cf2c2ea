#pragma once

#include "commands/desk/desk.h"
#include "commands/desk/written_passwords.h"

namespace majlis::commands {

// What is remembered of passwords in a message that are not right, or stand where they should not.

// A guess counts, is logged, and told to the list's owners.
Status count_wrong_password(Desk& desk);

// A password where no command has one.
Status note_written_passwords(Desk& desk, const WrittenPasswords& written);

}  // namespace majlis::commands
