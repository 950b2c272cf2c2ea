// majlis: the administrator's tool (doc/man/majlis.8).

#include "base/process.h"
#include "bin/admin/call/command.h"
#include "bin/admin/run.h"

int main(int argc, char** argv) {
  try {
    if (!majlis::hold_standard_descriptors()) return static_cast<int>(majlis::bin::admin::Verdict::wanting);
    return majlis::bin::admin::run(argc, argv);
  } catch (...) {
    return static_cast<int>(majlis::bin::admin::Verdict::wanting);
  }
}
