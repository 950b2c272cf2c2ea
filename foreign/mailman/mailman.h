#pragma once

#include <string>

#include "base/result.h"
#include "foreign/source/foreign_list.h"

namespace majlis::foreign {

// Mailman 2.1's lists at `path`: an installation (lists/, archives/, data/), the folder of one list (config.pck), or
// one file: a config.pck, a dump of config_list, or the output of list_members. Of a config.pck that cannot be read
// config.pck.last is taken.
Result<ForeignSite> read_mailman(const std::string& path, const Wanted& wanted);

}  // namespace majlis::foreign
