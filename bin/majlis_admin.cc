// majlis: the administrator's tool (doc/man/majlis.8).

#include "bin/admin/command.h"
#include "bin/admin/run.h"

int main(int argc, char** argv) {
  try {
    return majlis::bin::admin::run(argc, argv);
  } catch (...) {
    return static_cast<int>(majlis::bin::admin::Verdict::wanting);
  }
}
