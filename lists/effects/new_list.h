#pragma once

#include <string>

#include "base/result.h"
#include "lists/site/config/list_config.h"
#include "lists/site/list_name.h"
#include "lists/site/list_passwords.h"
#include "lists/site/site.h"

namespace majlis::lists {

// A new list without members. It is there as a whole or not at all: killed anywhere it left no list, and the next try
// begins again. Refused when there is one of that name. After ok it survives a power cut.
Status new_list(const Site& site, const ListName& name, const ListConfig& config, const ListPasswords& passwords);

}  // namespace majlis::lists
