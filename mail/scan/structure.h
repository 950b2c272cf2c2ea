#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mail/scan/scan.h"

namespace majlis::mail {

// What became of mimetic's second opinion.
enum class Opinion {
  agrees,     // mimetic sees the same parts, types and nesting as the scan
  disagrees,  // different readers will see different messages
  died,       // the child crashed, ran out of time or memory
};

struct Structure {
  Opinion opinion = Opinion::agrees;
  std::string why;  // one printable line when it does not agree
};

// Lets mimetic read the message in a forked child under CPU, memory, file (Landlock) and system call (seccomp) limits,
// and compares what it says with the scan. The parent is never at risk. An Error (again) only when no child can be
// made.
Result<Structure> compare_with_mimetic(std::string_view raw, const Scan& scan);

}  // namespace majlis::mail
