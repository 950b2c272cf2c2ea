#pragma once

#include <string>

#include "foreign/source/foreign_list.h"

namespace majlis::foreign {

// Reads a list's request.pck into held posts and requests, and counts its pending.pck. `folder`: of the list; `data`:
// where heldmsg-LIST-ID.pck and .txt lie, "" = not there.
void read_queue(const std::string& folder, const std::string& data, ForeignList& list);

}  // namespace majlis::foreign
