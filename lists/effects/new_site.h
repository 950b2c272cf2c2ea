#pragma once

#include <string>

#include "base/result.h"
#include "lists/site/site_config.h"

namespace majlis::lists {

// A new site in `directory`, ready to receive; refused when it holds one already. Killed anywhere it left no site, and
// the next try begins again.
Status create_site(const std::string& directory, const SiteConfig& config);

}  // namespace majlis::lists
