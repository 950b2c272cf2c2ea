// majlis-flush: run by cron or a path unit; delivers what is due (doc/man/majlis-flush.8).

#include "base/process.h"
#include "bin/exit_status.h"
#include "bin/flush.h"

int main(int argc, char** argv) {
  try {
    if (!majlis::hold_standard_descriptors()) return majlis::bin::kTryAgain;
    return majlis::bin::flush(argc, argv);
  } catch (...) {
    return majlis::bin::kTryAgain;
  }
}
