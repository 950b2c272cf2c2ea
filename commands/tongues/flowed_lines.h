#pragma once

#include "mail/flowed.h"
#include "tongues/dialect.h"

namespace majlis::commands {

// Whether a line of a message in format=flowed is a line of its own although a blank stands before it. RFC 3676 has it
// go on the line before; but many people, and mail programs, leave a blank behind every command. So a line goes on a
// command, unless it begins with a verb and the command before it does not wait for one (auth TOKEN, approve PASSWORD);
// and in texts (newinfo, newconfig) where a mail program would have had to break.
bool stands_alone(const tongues::Dialect& dialect, const mail::SoftBreak& at);

}  // namespace majlis::commands
