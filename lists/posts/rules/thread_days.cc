#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// What nobody has thought of for long is rarely answered on purpose.
std::optional<Decision> thread_days(const PostFacts& facts, const PostStanding& standing) {
  if (!standing.is_old_thread) return std::nullopt;
  return decision(Action::hold, ReasonId::old_thread,
                  {{"days", std::to_string(facts.list->config().integer(Setting::thread_days))}});
}

}  // namespace majlis::lists
