#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

inline bool is_style_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// CSS without its comments, and without the "<!--" and "-->" that a style element may have around its rules.
std::string without_style_comments(std::string_view css);

}  // namespace majlis::mail
