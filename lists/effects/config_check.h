#pragma once

#include "base/result.h"
#include "lists/site/config/list_config.h"
#include "lists/site/list_name.h"
#include "lists/site/site.h"

namespace majlis::lists {

// What is asked of a configuration before it is saved, beyond what its own text tells: patterns that explode, owners
// and moderators whose mail would come back to this server, antivirus without a scanner. Only what `now` has and
// `before` has not is looked at; refused, with the setting, for the first that is wrong.
Status check_new_config(const Site& site, const ListName& list, const ListConfig& now, const ListConfig& before);

// restrict_post names lists or files that do not exist (yet): refused for the first, when it was not so before.
Status check_new_posters(const Site& site, const ListName& list, const ListConfig& now, const ListConfig& before);

}  // namespace majlis::lists
