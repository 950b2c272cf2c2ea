#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "bin/admin/config.h"
#include "lists/site/config/list_config.h"

namespace majlis::bin::admin {

// A list's configuration file as text. Replacing is one step, so reading it needs no lock.
Result<std::string> read_config(const std::string& list_directory);

// The settings in `text`; every problem is told with its line and `name`, and then it is refused.
Result<lists::ListConfig::Parsed> parse_config(const Call& call, const std::string& name, std::string_view text);

// Alone with a list's settings and passwords, against other administrators.
Result<FileLock> lock_config(const std::string& list_directory);

// Call under the lock. Refused when what is new does not stand lists/effects/config_check.h. After ok the new text
// survives a power cut, and LISTS shows what it says.
Status replace_config(const Call& call, const ConfigSubject& subject, std::string_view text);

// Majordomo is spoken; the others, known by name, are not yet (refused). nullopt: no such dialect.
std::optional<Status> check_dialect(std::string_view dialect);

}  // namespace majlis::bin::admin
