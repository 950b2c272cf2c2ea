#pragma once

#include "mail/html/cursor.h"
#include "mail/html/token.h"

namespace majlis::mail {

// Reads what follows "<!" (HTML 13.2.5.42 to 71), the cursor behind it: a comment, a doctype, or what counts as a
// comment. A page that ends inside it ends it.
void read_declaration(HtmlCursor& cursor, HtmlToken& token);

// Everything up to the next '>' as a comment.
void read_bogus_comment(HtmlCursor& cursor, HtmlToken& token);

}  // namespace majlis::mail
