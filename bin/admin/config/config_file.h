#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "bin/admin/call/call.h"
#include "lists/effects/accept_config.h"
#include "lists/site/config/dialect.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/settings.h"

namespace majlis::bin::admin {

struct ConfigSubject {
  lists::Site site;
  lists::ListName name;
  std::string directory;  // of the list
};

// The list that the command is about, its files as the last committed change left them.
Result<ConfigSubject> find_config(const Call& call);

// The setting of that name; refused for unknown ones and for passwords, which are not shown and not set here.
Result<const lists::SettingSpec*> find_open_setting(const std::string& name);

// A list's configuration file as text. Replacing is one step, so reading it needs no lock.
Result<std::string> read_config(const std::string& list_directory);

// The settings in `text`; every problem is told with its line and `name`, and then it is refused.
Result<lists::ListConfig::Parsed> parse_config(const Call& call, const std::string& name, std::string_view text,
                                               const lists::Dialect& dialect = lists::majordomo());

struct ConfigChange {
  std::string name;  // of the new text, for complaints
  lists::ConfigOrigin origin = lists::ConfigOrigin::edited;
  const lists::Dialect* dialect = &lists::majordomo();
  // The new text, made from the list and its text as they are when nobody else can change them.
  std::function<Result<std::string>(const lists::List& list, const std::string& text)> text_from;
  std::function<Result<std::string>(std::string_view password)> hash_of = {};  // see accept_config.h
};

// The one way to change a configuration: whole or not at all, also when killed. What is wrong is told by line and then
// refused; after ok LISTS shows what the new text says.
Result<lists::AcceptedConfig> change_config(const Call& call, const ConfigSubject& subject, const ConfigChange& change);

}  // namespace majlis::bin::admin
