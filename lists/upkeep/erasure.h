#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "lists/upkeep/erased_thing.h"
#include "mail/address.h"

// A person is taken out of a site: the database with its pages and log, archives, jobs, files, logs (doc/PERSONS.md).
namespace majlis::lists {

// Why an address cannot be erased, one sentence each: it is the site's postmaster, a list's owner or moderator, stands
// in a setting that cannot do without it, or is a list's own. Empty: it can.
Result<std::vector<std::string>> reasons_to_keep(const Site& site, const mail::Address& address);

// Everything that is kept about the person, taken away (Erasing::look: only told). Bans stay, as keyed hashes. Mail
// waits while the database is gone through and written anew. Killed, or ended by an Error, it may be said again, and
// ends then; nobody else's mail is lost.
Result<std::vector<ErasedThing>> erase_person(const Site& site, const mail::Address& address, Erasing erasing,
                                              UnixTime now);

}  // namespace majlis::lists
