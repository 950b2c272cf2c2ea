#pragma once

#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/renames.h"
#include "lists/site/site.h"

namespace majlis::lists {

enum class FormerAddress { unknown, alias };

// Gives a list another name: its folder, and whatever the database knows of it. Mail to the former addresses is refused
// as to nobody, or goes to the list where they become aliases; tokens and return addresses that were mailed stay good,
// and mail that waits finds its members. Killed anywhere it is finished by the same call again, or by finish_rename();
// no mail is taken until then. Refused when the new name is taken, and where one of two lists makes digests of the
// other.
Status rename_list(const Site& site, const ListName& from, const ListName& to, FormerAddress former, UnixTime now);

// Finishes what was killed. Whether there was anything: then the site has to be opened anew.
Result<bool> finish_rename(const Site& site);

// Mail to a former name that is an alias is refused as to nobody from now on. false: it is none.
Result<bool> forget_alias(const Site& site, const ListName& former);

// Whether a list was renamed so, whatever became of it since.
Result<bool> was_renamed(const Site& site, const ListName& from, const ListName& to);

}  // namespace majlis::lists
