#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/verbs/owner.h"
#include "lists/members/matching.h"

namespace majlis::commands {

// Ceilings of one command: members are changed while others wait, and each letter is a file.
constexpr std::size_t kMaxMembersAtOnce = 5000;
constexpr std::size_t kMaxToldAtOnce = 200;
constexpr std::size_t kMaxPatternsAtOnce = 20;  // for each the whole roster is walked

// Whether a command may name so many patterns, and this message walk the roster once more; else complains. To be asked
// once a command.
bool may_search(Desk& desk, const Request& request, std::size_t patterns);

// Members that an address or a pattern names; nullopt: complained, for it is neither, or names too many or nobody.
Result<std::optional<std::vector<store::Member>>> members_named(Desk& desk, const lists::List& list,
                                                                const Request& request, const std::string& written);
// The same of a command that asked may_search().
Result<std::optional<std::vector<store::Member>>> members_fitting(Desk& desk, const lists::List& list,
                                                                  const Request& request, const std::string& written);

// Whether no more are meant than an owner agreed to; else complains.
bool is_as_agreed(Desk& desk, const Request& request, std::size_t count);

}  // namespace majlis::commands
