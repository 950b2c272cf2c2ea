#pragma once

#include "bin/admin/call/call.h"

namespace majlis::bin::admin {

constexpr Option kErasing[] = {{"dry-run", Takes::nothing}, {"json", Takes::nothing}};

// majlis person erase ADDRESS
Result<Verdict> erase_person(const Call& call);

}  // namespace majlis::bin::admin
