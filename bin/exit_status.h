#pragma once

#include "base/result.h"

namespace majlis::bin {

// What the MTA hears (sysexits.h). Only 75 and 71 make it keep the mail and try again: when in doubt, 75.
enum ExitStatus : int {
  kDone = 0,
  kWrongUse = 64,
  kNotAMail = 65,  // too big, or nothing a list could use: the MTA tells the sender
  kNoSuchList = 67,
  kTryAgain = 75,
};

// again, damaged, misconfigured and missing keep the mail; refused (too big) does not.
ExitStatus exit_status_for(const Error& error);

}  // namespace majlis::bin
