#include "bin/exit_status.h"

namespace majlis::bin {

ExitStatus exit_status_for(const Error& error) { return error.kind == ErrorKind::refused ? kNotAMail : kTryAgain; }

}  // namespace majlis::bin
