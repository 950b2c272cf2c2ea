#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "mail/scan/ambiguity.h"
#include "mail/scan/limits.h"
#include "mail/scan/part.h"

namespace majlis::mail {

struct Scan {
  std::vector<Part> parts;             // depth first; never empty: parts[0] is the message
  std::vector<Ambiguity> ambiguities;  // each kind once, in order of appearance
  bool has_eight_bit = false;
  bool has_nul = false;
  std::size_t longest_line = 0;  // octets without line end
  bool crlf = false;             // the first line ends in CRLF

  bool is_ambiguous() const { return !ambiguities.empty(); }
  bool has(Ambiguity which) const;
};

// Reads any byte string in one linear pass (time and memory proportional to size within the limits). Never fails, never
// recurses. `raw` starts at the first header field: envelope lines are already cut (mail/message.h).
Scan scan(std::string_view raw, const ScanLimits& limits = {});

}  // namespace majlis::mail
