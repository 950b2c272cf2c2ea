#pragma once

#include "commands/tongues/tongue.h"

namespace majlis::commands {

// LISTSERV's tongue: one command a line, abbreviated as its manuals have it; the cards of its job language
// (listserv_cards.h); options in parentheses and settings ("PW=...") behind a command, which are read and, as no
// command of a subscriber's takes any here, do nothing. Nothing is read behind a line that is no command.
extern const Tongue kListserv;

}  // namespace majlis::commands
