#pragma once

#include "bin/admin/call/call.h"

namespace majlis::bin::admin {

// Writes those maps of `majlis mta` again that were installed and have changed; says what could not be done.
void refresh_mta_maps(const Call& call, const lists::Site& site);

}  // namespace majlis::bin::admin
