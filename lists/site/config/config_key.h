#pragma once

#include <string>
#include <string_view>

#include "lists/site/config/settings.h"

namespace majlis::lists {

// What a keyword of a configuration text stands for.
struct ConfigKey {
  enum class Meaning {
    setting,             // a row of the table
    old_private_switch,  // private_who and the like of Majordomo before 1.94: yes is "list", no is "open"
    foreign_secret,      // a password of another program: not kept
    unknown,             // kept as it is
  };
  Meaning meaning = Meaning::unknown;
  const SettingSpec* spec = nullptr;  // with setting and old_private_switch
  std::string name;                   // one name for all spellings of one thing
};

ConfigKey read_key(std::string_view lower_case_key);

}  // namespace majlis::lists
