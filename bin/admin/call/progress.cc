#include "bin/admin/call/progress.h"

#include <unistd.h>

#include <string>

#include "bin/admin/call/print.h"

namespace majlis::bin::admin {

void show_progress(std::size_t done, std::size_t all) {
  if (isatty(STDERR_FILENO) == 0) return;
  print_error("\r" + std::to_string(done) + " of " + std::to_string(all) + (done == all ? "\n" : ""));
}

}  // namespace majlis::bin::admin
