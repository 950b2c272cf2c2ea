#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// What a page may load from elsewhere when it is shown.
enum class RemoteContent { keep, remove };

// Whether CSS, of a style attribute or element, does something or loads something it may not: expression, behavior,
// @import, -moz-binding, a URL that is active (link.h) or, with RemoteContent::remove, leads anywhere but into the
// message. Escapes and comments hide nothing; what a reader might take for one of these is one.
bool has_active_style(std::string_view css, RemoteContent remote);

// The declarations of a style attribute that are known to be harmless, written plainly: "color:red;width:10px". None of
// them loads anything.
std::string harmless_declarations(std::string_view css);

// The rules of a style sheet with such declarations, those in @media as well, one a line; no '<', '&' or '\' is in it.
std::string harmless_rules(std::string_view css);

}  // namespace majlis::mail
