#pragma once

#include <string>

#include "base/result.h"

namespace majlis {

constexpr const char* kInstalledSite = "/var/lib/majlis";

// The site to work on: what --site said, else $MAJLIS_SITE, else the installed default.
std::string site_directory(const std::string& from_option);

// Holds the places of descriptors 0, 1 and 2 where the caller left them closed: else the next file that is opened, the
// database or a relay's socket, would get one of these numbers and with it whatever is printed. Reading and writing
// there fails with EBADF, as if they were closed. Before anything else in main(). `again` when no descriptor is left.
Status hold_standard_descriptors();

// umask 077, no core files, no death by SIGPIPE or SIGXFSZ, a small fixed environment, and never root on somebody
// else's site: started by root, the process becomes the owner of `site`, in the site's group or, where that is root's,
// the owner's own of /etc/passwd. A site that belongs to root is worked on as root (majlis check finds that wanting).
// misconfigured when the rights cannot be given up, or there is no group but root's.
Status settle_in(const std::string& site);

}  // namespace majlis
