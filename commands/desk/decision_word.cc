#include "commands/desk/decision_word.h"

namespace majlis::commands {

std::optional<DecisionWord> decision_word_of(const tongues::Request& request) {
  const bool is_for_all = !request.arguments.empty() && request.arguments.front() == tongues::kAll;
  const std::size_t at = is_for_all ? 1 : 0;
  if (request.arguments.size() <= at) return std::nullopt;
  return DecisionWord{request.arguments[at], is_for_all, at + 1};
}

}  // namespace majlis::commands
