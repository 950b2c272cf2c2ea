#include <algorithm>
#include <array>

#include "lists/posts/rules/rules.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNamed = 5;  // findings that are told one by one

struct ActionWord {
  std::string_view word;
  Action action;
};
// What is taken out of a post lets the rest pass.
constexpr std::array kActions = {
    ActionWord{"strip", Action::accept},
    ActionWord{"reject", Action::reject},
    ActionWord{"hold", Action::hold},
    ActionWord{"discard", Action::discard},
};

Action action_of(const List& list) {
  const std::string_view word = list.config().choice(Setting::attachment_action);
  const auto row =
      std::find_if(kActions.begin(), kActions.end(), [&](const ActionWord& each) { return each.word == word; });
  return row == kActions.end() ? Action::hold : row->action;
}

}  // namespace

// Nothing is taken out of what is signed or encrypted: moderators decide.
std::optional<Decision> attachments(const PostFacts& facts) {
  const std::vector<ContentFinding>& found = facts.content.found;
  if (found.empty()) return std::nullopt;
  Decision decision;
  decision.action = facts.content.is_closed ? Action::hold : action_of(*facts.list);
  const std::size_t named = std::min(found.size(), kMaxNamed);
  for (std::size_t i = 0; i < named; ++i) decision.reasons.push_back(found[i].why);
  if (named < found.size()) {
    decision.reasons.push_back({ReasonId::attachments_more, {{"count", std::to_string(found.size() - named)}}});
  }
  if (facts.content.is_closed) decision.reasons.push_back({ReasonId::content_signed});
  return decision;
}

}  // namespace majlis::lists
