#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/members/challenges.h"

namespace majlis::lists {

// The Subjects, as they are today in the list's language, of all letters with which a token of this action is mailed to
// the address; of those that carry `token` in their Subject too.
std::vector<std::string> challenge_subjects(const Site& site, const List& list, const ChallengedAction& action,
                                            const mail::Address& address, std::string_view token);

}  // namespace majlis::lists
