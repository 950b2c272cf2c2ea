#pragma once

#include "base/result.h"
#include "bin/admin/call/call.h"
#include "bin/admin/mta/way.h"

namespace majlis::bin::admin {

// The files of an MTA's way for a site. refused when a path has characters that the MTA would not take as they are.
Result<Wiring> wiring_of(const Call& call, const lists::Site& site, const Mta& mta);

// Where a file is: maps below the site.
std::string path_of(const Wiring& wiring, const MtaFile& file);

// Whether its maps were installed at this site.
bool is_installed(const Wiring& wiring, const Mta& mta);
// Those that are not as they should be are written again.
Status update_maps(const Call& call, const Wiring& wiring, const Mta& mta);

// Writes the maps into SITE/mta/NAME and has databases made of them, all of it with the rights of the site's user.
Status install_maps(const Call& call, const lists::Site& site, const Mta& mta, const Wiring& wiring);

}  // namespace majlis::bin::admin
