#pragma once

#include <string>

#include "base/result.h"
#include "foreign/source/foreign_list.h"

namespace majlis::foreign {

// LISTSERV's lists at `path`: a folder with NAME.list files, or one of them. Beside NAME.list, which is what GET sent
// or PUT takes, may lie NAME.gui or NAME.txt (roster.h), NAME.logYYMM (its notebooks), NAME.welcome, and files.
Result<ForeignSite> read_listserv(const std::string& path, const Wanted& wanted);

}  // namespace majlis::foreign
