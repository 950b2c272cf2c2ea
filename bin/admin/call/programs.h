#pragma once

#include <string>

namespace majlis::bin::admin {

// The folder this program and its companions are in: its own, where majlis-receive is beside it, else where `make
// install` puts them.
std::string program_folder();

}  // namespace majlis::bin::admin
