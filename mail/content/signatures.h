#pragma once

#include <string_view>
#include <vector>

#include "mail/content/kind.h"

namespace majlis::mail {

// What the octets of a file show, by what stands at fixed places of it: every kind whose signature is there, since a
// file can be two at once. Text shows Kind::text, and what kind of script it begins as; `unknown` is alone.
//
// What an archive or OLE file is can only be told by what it holds (inspection.h): here it is zip, ole ...
std::vector<Kind> kinds_of(std::string_view octets);

// Whether all of it reads as text: no control characters but those of line ends, tabulators and the like, or UTF-16
// with its mark.
bool is_text(std::string_view octets);

}  // namespace majlis::mail
