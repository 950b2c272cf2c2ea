#pragma once

#include <string>

#include "bin/admin/call.h"
#include "lists/site/config/settings.h"

namespace majlis::bin::admin {

struct ConfigSubject {
  lists::Site site;
  lists::ListName name;
  std::string directory;  // of the list
};

// The list that the command is about.
Result<ConfigSubject> find_config(const Call& call);

// The setting of that name; refused for unknown ones and for passwords, which are not shown and not set here.
Result<const lists::SettingSpec*> find_open_setting(const std::string& name);

Result<Verdict> set_setting(const Call& call);
Result<Verdict> unset_setting(const Call& call);
Result<Verdict> load_config(const Call& call);
Result<Verdict> edit_config(const Call& call);

}  // namespace majlis::bin::admin
