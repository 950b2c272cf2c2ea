#pragma once

#include <string>

#include "base/result.h"
#include "foreign/source/foreign_list.h"

namespace majlis::foreign {

// The lists of Majordomo 1.94 at `path`: an installation (the folder of its majordomo.cf, or that file), the folder of
// its lists, or one list's file of members or configuration with what lies beside it. Nothing outside the folder is
// read, whatever majordomo.cf says. missing, misconfigured, refused: `path` cannot be read at all, or has no list.
Result<ForeignSite> read_majordomo(const std::string& path, const Wanted& wanted);

}  // namespace majlis::foreign
