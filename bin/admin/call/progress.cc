#include "bin/admin/call/progress.h"

#include <unistd.h>

#include <string>

#include "bin/admin/call/print.h"

namespace majlis::bin::admin {

void show_progress(std::size_t done, std::size_t all) { show_progress_of("", done, all); }

void show_progress_of(std::string_view label, std::size_t done, std::size_t all) {
  if (isatty(STDERR_FILENO) == 0) return;
  const std::string of = all == 0 ? "" : " of " + std::to_string(all);
  print_error("\r" + std::string(label) + std::to_string(done) + of + (done == all ? "\n" : ""));
}

}  // namespace majlis::bin::admin
