#pragma once

#include <string>

#include "spool/transport/batch.h"

namespace majlis::spool {

// Runs `program` once per batch: -i -f SENDER -- RECIPIENT..., the message on its standard input, no shell, an
// environment of our own. Exit status 0 is delivered, 65, 67 and 68 failed, everything else deferred.
void deliver_by_sendmail(const std::string& program, BatchSource& work);

}  // namespace majlis::spool
