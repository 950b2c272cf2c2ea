#pragma once

#include "foreign/source/foreign_list.h"

namespace majlis::foreign {

// Majordomo's digests are lists of their own, NAME-digest beside NAME. Each becomes one that has its posts from NAME,
// or, folded, goes up in NAME: its members get digests there, its settings about digests are NAME's.
void connect_digest_lists(ForeignSite& site, bool folds);

}  // namespace majlis::foreign
