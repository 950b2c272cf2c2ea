#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "foreign/source/foreign_list.h"
#include "lists/site/config/list_config.h"
#include "lists/site/list_name.h"
#include "lists/site/list_passwords.h"
#include "lists/site/site.h"

namespace majlis::lists {

// What a list will be that moves in, before anything is changed.
struct ConfigPlan {
  ListConfig config;
  ListPasswords passwords;
  std::vector<foreign::Finding> findings;
};

using PasswordHash = std::function<Result<std::string>(std::string_view password)>;

// The settings of `list` on those of a new list (kDefaultPreset): what its configuration names is as there; where it is
// silent and the system's own default is stricter, that holds, else the preset's stays. Without an owner the site's
// postmaster is it. What is wrong is left out and told. `coming`: names of lists that move in with it.
Result<ConfigPlan> plan_config(const Site& site, const ListName& name, const foreign::ForeignList& list,
                               const std::set<ListName>& coming, const PasswordHash& hash_of);

}  // namespace majlis::lists
