#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "foreign/source/post_reader.h"

namespace majlis::foreign {

// A notebook, NAME.logYYMM: posts without an envelope, a line of 73 '=' in front of each.
Result<std::unique_ptr<PostReader>> open_notebook(const std::string& path);

}  // namespace majlis::foreign
