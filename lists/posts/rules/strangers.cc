#include <algorithm>
#include <array>

#include "lists/posts/rules/rules.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

// In Mailman's order.
constexpr std::array kNamedStrangers = {
    std::pair{Setting::accept_these_nonmembers, Action::accept},
    std::pair{Setting::hold_these_nonmembers, Action::hold},
    std::pair{Setting::reject_these_nonmembers, Action::reject},
    std::pair{Setting::discard_these_nonmembers, Action::discard},
};

constexpr std::array kChoices = {
    std::pair{std::string_view("accept"), Action::accept},
    std::pair{std::string_view("challenge"), Action::challenge},
    std::pair{std::string_view("hold"), Action::hold},
    std::pair{std::string_view("reject"), Action::reject},
    std::pair{std::string_view("discard"), Action::discard},
};

bool names(const ListConfig& config, Setting setting, const mail::Address& author) {
  if (!config.is_set(setting)) return false;
  const std::vector<std::string> lines = config.lines(setting);
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    const std::optional<std::string> pattern = mail::address_pattern(line);
    return pattern && mail::matches_address(*pattern, author);
  });
}

}  // namespace

Action action_of_choice(std::string_view choice) {
  const auto found =
      std::find_if(kChoices.begin(), kChoices.end(), [&](const auto& row) { return row.first == choice; });
  return found == kChoices.end() ? Action::hold : found->second;
}

std::optional<Action> action_if_stranger(const ListConfig& config, const mail::Address& author) {
  for (const auto& [setting, action] : kNamedStrangers) {
    if (names(config, setting, author)) return action;
  }
  return std::nullopt;
}

Decision decision_about_author(const PostFacts& facts, Action action, Reason reason) {
  if (action != Action::challenge) return {action, {}, {std::move(reason)}, {}};
  if (!facts.may_be_asked) return {Action::hold, {}, {std::move(reason)}, {}};
  return decision(Action::hold, ReasonId::challenged, {{"address", facts.author->address.text()}});
}

bool waits_for_author(const Reasons& reasons) {
  return std::any_of(reasons.begin(), reasons.end(),
                     [](const Reason& reason) { return reason.id == ReasonId::challenged; });
}

}  // namespace majlis::lists
