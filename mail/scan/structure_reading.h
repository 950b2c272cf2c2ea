#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sandbox.h"

namespace majlis::mail {

// One part as mimetic sees it.
struct SeenPart {
  int depth = 0;
  std::string type;  // lower case "type/subtype"
};

struct Seen {
  SandboxOutcome outcome;
  std::vector<SeenPart> parts;  // depth first; filled when the outcome is `finished`
};

// Makes the child now that the next read_with_mimetic() will use: nothing that this process learns in between, secrets
// above all, is in that child's memory. Without it the child is made at the call.
Status prepare_structure_child();

// Lets mimetic read any bytes, however hostile, in a sandboxed child, whatever the scan says about them. At most
// `max_parts` are handed back.
Result<Seen> read_with_mimetic(std::string_view raw, std::size_t max_parts);

}  // namespace majlis::mail
