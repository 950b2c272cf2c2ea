#pragma once

#include "commands/tongues/tongue.h"

namespace majlis::commands {

// Majordomo's tongue. "\ " protects a blank inside an argument; a verb may be abbreviated. A line that begins with '-'
// is `end` (a signature), and so are the head of a uuencoded file and "From:", above a message quoted without marks. A
// last word "<<TAG" (three capitals, then capitals and digits) announces a text.
extern const Tongue kMajordomo;

}  // namespace majlis::commands
