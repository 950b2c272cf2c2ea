#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "bin/admin/call/call.h"

namespace majlis::bin::admin {

struct Edited {
  std::string text;
  std::string folder;  // where the person's text lies until forget()
};

// Lets the person change `text` with the editor of the environment, in a folder of its own below /tmp that only the
// site's owner may open. No shell: the editor's words are split at blanks. refused when it fails.
Result<Edited> edit_text(const Call& call, std::string_view name, std::string_view text);

// Removes the folder. A text that was not accepted is left there instead, so that no work is lost.
void forget(const Edited& edited);

}  // namespace majlis::bin::admin
