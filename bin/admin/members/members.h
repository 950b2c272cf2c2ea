#pragma once

#include "bin/admin/call/call.h"

namespace majlis::bin::admin {

Result<Verdict> import_members(const Call& call);
Result<Verdict> sync_members(const Call& call);

}  // namespace majlis::bin::admin
