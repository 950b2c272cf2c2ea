#include <algorithm>

#include "lists/posts/rules/rules.h"
#include "mail/part_text.h"

namespace majlis::lists {

// anonymous_text promises what cannot be done inside of what is signed or encrypted.
std::optional<Decision> anonymous_signed(const PostFacts& facts) {
  const ListConfig& config = facts.list->config();
  if (!config.is_on(Setting::anonymous) || !config.is_on(Setting::anonymous_text)) return std::nullopt;
  const std::vector<mail::Part>& parts = facts.message->scan().parts;
  if (std::none_of(parts.begin(), parts.end(), mail::is_sealed)) return std::nullopt;
  return decision(Action::hold, ReasonId::content_signed);
}

}  // namespace majlis::lists
