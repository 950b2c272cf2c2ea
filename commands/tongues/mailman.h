#pragma once

#include "commands/tongues/tongue.h"

namespace majlis::commands {

// Mailman's tongue: a command in the Subject, then one a line, at most 25 lines of text; words are whole, and "set
// authenticate PASSWORD" stands for the lines behind it. Nothing is read behind a line that is no command.
extern const Tongue kMailman;

}  // namespace majlis::commands
