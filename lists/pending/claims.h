#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/effects/pending.h"

namespace majlis::lists {

// What waits under this id is claimed for four hours by `by`, and the other moderators get a letter in the thread of
// its notice; who claims it again has it for four hours from now. What another one has claimed stays his. Returns whose
// it is then; refused: nothing waits there (any more).
Result<Claim> claim_pending(Work& work, const List& list, std::string_view id, const std::string& by);

// Who besides `by` has claimed what waits under this id; nullopt: nobody has, or nothing waits.
Result<std::optional<Claim>> claim_of_another(Work& work, const List& list, std::string_view id, const std::string& by);

}  // namespace majlis::lists
