#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/posts/transforms/transforms.h"

namespace majlis::lists {
namespace {

// What people read, what a reader needs to show a message and its thread, and what says whose mail it is. Signatures
// stay: they hold as long as nothing goes that they cover.
constexpr std::array<std::string_view, 18> kShown = {
    "Date",    "From",       "Sender",       "Reply-To",       "To",          "Cc",
    "Subject", "Message-ID", "In-Reply-To",  "References",     "Precedence",  "Auto-Submitted",
    "X-Loop",  "Keywords",   "MIME-Version", "DKIM-Signature", "Archived-At", "Comments",
};

bool is_shown(std::string_view name) {
  const bool is_whole_kind = starts_with_ignoring_case(name, "Content-") || starts_with_ignoring_case(name, "List-");
  return is_whole_kind || std::any_of(kShown.begin(), kShown.end(),
                                      [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

}  // namespace

// LISTSERV's SHORTHDR.
Result<Draft> short_header(const PostContext& context, Draft draft) {
  if (context.style != HeaderStyle::short_form) return draft;
  for (const mail::Field& field : draft.message().scan().parts.front().fields) {
    if (!is_shown(field.name)) draft.edit().remove_fields(field.name);
  }
  return draft;
}

}  // namespace majlis::lists
