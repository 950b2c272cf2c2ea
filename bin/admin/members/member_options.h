#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lists/members/member_option.h"

namespace majlis::bin::admin {

// The options that all of these words are, as an owner may set them; refused, with those that there are, where one is
// none, where one undoes another, or for topics that the list does not have.
Result<lists::MemberOptions> read_options(const lists::List& list, std::vector<std::string> words);

}  // namespace majlis::bin::admin
