#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/python/value.h"

namespace majlis::foreign {

struct DumpAssignment {
  std::string_view name;
  PythonValue value;
  std::size_t line = 0;  // where it begins, from 1
};

struct DumpProblem {
  std::size_t line = 0;
  std::string what;  // a sentence
};

// What Mailman 2.1's "config_list -o" wrote. It points into `storage` and into the text, which the caller keeps.
struct Dump {
  std::vector<DumpAssignment> assignments = {};  // in the order of the file; of one name the last counts
  std::vector<DumpProblem> problems = {};        // lines that are not carried
  std::string charset = {};                      // of its octets: the one its first lines name, else "us-ascii"
  PythonStorage storage = {};
};

inline constexpr std::size_t kMaxDumpOctets = std::size_t{16} << 20U;
inline constexpr std::size_t kMaxDumpProblems = 100;  // the last one says that reading stopped

// Assignments of literals to names, nothing is executed; what else stands there is a problem, and reading goes on
// behind it. A file whose first lines are those of config_list (they name python, and one begins with "## ") is read as
// that wrote it (LiteralForm::quotes_only), another as Python. Linear.
Dump read_dump(std::string_view text);

}  // namespace majlis::foreign
