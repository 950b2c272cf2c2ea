#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/site/config/config_problem.h"
#include "lists/site/config/settings.h"

namespace majlis::lists {

// What is wrong with a value of a setting about the content of posts. `value` has passed the check of its type.
// Settings of other kinds are never found wrong here.
std::optional<Phrase> fault_in_content_value(Setting setting, std::string_view value);

// A value of the setting `attachments`.
struct PermittedTypes {
  enum class Which { all, none, listed };
  Which which = Which::all;
  std::vector<std::string> types;  // lower case; one that ends in '*' permits what begins so

  bool permit(std::string_view type) const;  // "type/subtype", lower case
};
PermittedTypes read_permitted_types(std::string_view value);

}  // namespace majlis::lists
