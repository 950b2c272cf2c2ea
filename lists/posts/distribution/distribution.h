#pragma once

#include "lists/effects/work.h"
#include "lists/posts/distribution/copies.h"

namespace majlis::lists {

// Sends them to everybody who is a member now and wants them: archive, digests, one job.
Status distribute(Work& work, const List& list, Copies copies);

}  // namespace majlis::lists
