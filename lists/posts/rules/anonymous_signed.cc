#include <algorithm>

#include "lists/posts/rules/rules.h"
#include "lists/posts/transforms/anonymity.h"

namespace majlis::lists {

// anonymous_text promises what cannot be done inside of what is signed or encrypted.
std::optional<Decision> anonymous_signed(const PostFacts& facts) {
  if (!is_anonymous(*facts.list) || !facts.list->config().is_on(Setting::anonymous_text)) return std::nullopt;
  const std::vector<mail::Part>& parts = facts.message->scan().parts;
  if (std::none_of(parts.begin(), parts.end(), is_sealed)) return std::nullopt;
  return decision(Action::hold, ReasonId::content_signed);
}

}  // namespace majlis::lists
