#include "mail/html/declarations.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kCommentStart = "<!--";
constexpr std::string_view kCommentEnd = "-->";

// The comment at the start of `html`: its octets, 0 when its end is not clear. "<!-->" and "<!--->" end at once for
// some, "--!>" and "-- >" end it for some.
std::size_t clear_comment_length(std::string_view html) {
  const std::string_view inside = html.substr(kCommentStart.size());
  const std::size_t end = inside.find(kCommentEnd);
  if (end == std::string_view::npos || inside.starts_with('>') || inside.starts_with("->")) return 0;
  for (const std::string_view other_end : {"--!>", "-- >"}) {
    if (inside.substr(0, end).find(other_end) != std::string_view::npos) return 0;
  }
  return kCommentStart.size() + end + kCommentEnd.size();
}

bool has_open_quote(std::string_view text) {
  return std::count(text.begin(), text.end(), '"') % 2 != 0 || std::count(text.begin(), text.end(), '\'') % 2 != 0;
}

// "<!DOCTYPE ...>" or "<?...>"; "<?import" attaches behaviors.
std::size_t clear_declaration_length(std::string_view html) {
  if (!starts_with_ignoring_case(html, "<!doctype") && !html.starts_with("<?")) return 0;
  const std::size_t end = html.find('>');
  if (end == std::string_view::npos || starts_with_ignoring_case(html, "<?import")) return 0;
  const std::string_view inside = html.substr(1, end - 1);
  return inside.find('<') == std::string_view::npos && !has_open_quote(inside) ? end + 1 : 0;
}

}  // namespace

bool is_conditional_comment(std::string_view comment) {
  const std::string_view text = trim(comment);
  if (!text.starts_with('[') && !text.ends_with(']')) return false;
  return starts_with_ignoring_case(text, "[if") || find_ignoring_case(text, "[endif") != std::string_view::npos;
}

bool has_unclear_declaration(std::string_view html) {
  std::size_t at = html.find('<');
  while (at != std::string_view::npos) {
    const std::string_view rest = html.substr(at);
    std::size_t octets = 1;
    if (rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("<%")) {
      octets = rest.starts_with(kCommentStart) ? clear_comment_length(rest) : clear_declaration_length(rest);
      if (octets == 0) return true;
    }
    at = html.find('<', at + octets);
  }
  return false;
}

}  // namespace majlis::mail
