#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "lists/site/site_config.h"

namespace majlis::lists {

// A new site in `directory`, ready to receive; refused when it holds one already. Killed anywhere it left no site, and
// the next try begins again.
Status create_site(const std::string& directory, const SiteConfig& config);

// The fact in the database that every member has its row in the index by reference: true of a site from its beginning,
// except where an earlier version made it.
constexpr std::string_view kReferencesComplete = "references_complete";

}  // namespace majlis::lists
