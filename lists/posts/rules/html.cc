#include "lists/posts/rules/rules.h"
#include "lists/site/config/html_settings.h"

namespace majlis::lists {

// What the setting html asks for and cannot be done.
std::optional<Decision> html(const PostFacts& facts) {
  switch (mail::html_obstacle(*facts.message, html_policy_of(facts.list->config()))) {
    case mail::HtmlObstacle::none: return std::nullopt;
    case mail::HtmlObstacle::signed_part: return decision(Action::hold, ReasonId::html_signed);
    case mail::HtmlObstacle::no_text: return decision(Action::reject, ReasonId::html_only);
    case mail::HtmlObstacle::unclear: return decision(Action::hold, ReasonId::malformed_parts);
  }
  return std::nullopt;
}

}  // namespace majlis::lists
