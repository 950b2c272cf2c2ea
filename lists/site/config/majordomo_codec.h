#pragma once

#include "lists/site/config/codec.h"

namespace majlis::lists {

// Every setting by its own name, and keywords of Majordomo before 1.94. Written is what Majordomo 1.94.5 accepts: its
// 47 keywords, and as "ours" what it has no word for.
const Codec& majordomo_codec();

}  // namespace majlis::lists
