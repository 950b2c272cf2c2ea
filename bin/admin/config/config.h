#pragma once

#include "bin/admin/call/call.h"

namespace majlis::bin::admin {

// The verbs of `majlis config` that change something.
Result<Verdict> set_setting(const Call& call);
Result<Verdict> unset_setting(const Call& call);
Result<Verdict> load_config(const Call& call);
Result<Verdict> edit_config(const Call& call);

}  // namespace majlis::bin::admin
