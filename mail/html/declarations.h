#pragma once

#include <string_view>

namespace majlis::mail {

// "[if ...", "[endif]": what some readers take for more than a comment.
bool is_conditional_comment(std::string_view comment);

// Whether a page has a comment, a declaration or a processing instruction whose end readers see in different places, or
// that is none of HTML's. Markup in attributes and scripts is looked at as well: it may be found where there is none.
bool has_unclear_declaration(std::string_view html);

}  // namespace majlis::mail
