#pragma once

#include "mail/html/cursor.h"
#include "mail/html/token.h"

namespace majlis::mail {

// Attributes of one tag beyond these are read over.
constexpr std::size_t kMaxHtmlAttributes = 1000;

// Reads a tag (HTML 13.2.5.8, 32 to 40), the cursor at its name. false when the page ends inside it: then it is none,
// and nothing of it is text.
bool read_tag(HtmlCursor& cursor, HtmlToken& token);

}  // namespace majlis::mail
