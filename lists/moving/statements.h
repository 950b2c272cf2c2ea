#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/source/finding.h"
#include "lists/effects/accept_config.h"

namespace majlis::lists {

// What became of each keyword of a configuration that was judged. Values of passwords are not in it.
std::vector<foreign::Finding> findings_of(std::string_view text, const Dialect& dialect, const JudgedConfig& judged);

// The settings that a text names, but for what was left out.
std::set<Setting> settings_named(std::string_view text, const Dialect& dialect, const JudgedConfig& judged);

// The keyword that a phrase is about (about() of config_fault.h), "" where it is about none.
std::string keyword_of(const Phrase& phrase);

}  // namespace majlis::lists
