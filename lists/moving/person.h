#pragma once

#include <string_view>

#include "lists/members/admission.h"

namespace majlis::lists {

constexpr const char* kOtherName = "the name has characters that cannot stand in one";  // for the report

// Somebody out of another system. A name that cannot stand in a letter is no reason to go without the address: control
// characters are taken out of it, else it is left out (`has_other_name`). The error is about the address.
Result<mail::Mailbox> read_person(const Admission& admission, std::string_view written, bool& has_other_name);

}  // namespace majlis::lists
