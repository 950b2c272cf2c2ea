#pragma once

#include <string>
#include <string_view>

namespace majlis::foreign {

// An address with the name that a system keeps beside it, as a header field has them: Member::person.
std::string person_of(std::string_view name, const std::string& address);

}  // namespace majlis::foreign
