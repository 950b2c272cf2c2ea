#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "tongues/request.h"

namespace majlis::lists {

// A whole command of an owner, with its data, as it is kept until the owner's address confirms it.

constexpr std::size_t kMaxKeptOctets = 64 * 1024;  // a longer one is not kept

// Verb, arguments, options, text and whatever else decides what it does; no password. `arguments`: begin with the
// list's whole address.
std::string command_details(const tongues::Request& request);
// Error (damaged): `details` is not what command_details() makes.
Result<tongues::Request> read_command_details(std::string_view details);

}  // namespace majlis::lists
