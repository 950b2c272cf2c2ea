#include "lists/site/config/config_key.h"

namespace majlis::lists {
namespace {

struct Alias {
  std::string_view old_name;
  std::string_view name;
};

constexpr Alias kPrivateSwitches[] = {
    {"private_get", "get_access"},     {"private_index", "index_access"}, {"private_info", "info_access"},
    {"private_intro", "intro_access"}, {"private_which", "which_access"}, {"private_who", "who_access"},
};

}  // namespace

ConfigKey read_key(std::string_view lower_case_key) {
  if (const SettingSpec* spec = find_setting(lower_case_key)) {
    return {ConfigKey::Meaning::setting, spec, std::string(spec->name)};
  }
  for (const Alias& alias : kPrivateSwitches) {
    if (alias.old_name != lower_case_key) continue;
    return {ConfigKey::Meaning::old_private_switch, find_setting(alias.name), std::string(alias.name)};
  }
  const bool is_secret = lower_case_key.find("passw") != std::string_view::npos;
  return {is_secret ? ConfigKey::Meaning::foreign_secret : ConfigKey::Meaning::unknown, nullptr,
          std::string(lower_case_key)};
}

}  // namespace majlis::lists
