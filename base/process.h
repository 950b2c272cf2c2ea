#pragma once

#include <string>

#include "base/result.h"

namespace majlis {

constexpr const char* kInstalledSite = "/var/lib/majlis";

// The site to work on: what --site said, else $MAJLIS_SITE, else the installed default.
std::string site_directory(const std::string& from_option);

// umask 077, no core files, a small fixed environment, and never root on somebody else's site: started by root, the
// process becomes the owner of `site`. A site that belongs to root is worked on as root (majlis check finds that
// wanting). misconfigured when the rights cannot be given up.
Status settle_in(const std::string& site);

}  // namespace majlis
