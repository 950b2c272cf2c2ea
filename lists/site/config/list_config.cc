#include "lists/site/config/list_config.h"

#include <array>
#include <cassert>

#include "base/text.h"
#include "lists/site/config/setting_value.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

const std::vector<std::string>& defaults() {
  static const std::vector<std::string> kDefaults = [] {
    std::vector<std::string> texts;
    for (const SettingSpec& spec : all_settings()) texts.emplace_back(spec.default_value);
    return texts;
  }();
  return kDefaults;
}

}  // namespace

Status ListConfig::set(Setting setting, std::string_view value) {
  const SettingSpec& spec = spec_of(setting);
  if (spec.type == SettingType::secret) {
    return Error{ErrorKind::refused,
                 "lists: " + std::string(spec.name) + ": passwords are not kept in a configuration"};
  }
  Result<std::string> normal = normalise_value(spec, value);
  if (!normal) return Error{normal.error().kind, "lists: " + normal.error().what, normal.error().phrase};
  if (normal->empty()) {
    values_.erase(setting);
  } else {
    values_[setting] = std::move(*normal);
  }
  return {};
}

void ListConfig::unset(Setting setting) { values_.erase(setting); }

bool ListConfig::is_set(Setting setting) const { return values_.contains(setting); }

const std::string& ListConfig::text(Setting setting) const {
  const auto found = values_.find(setting);
  return found == values_.end() ? defaults()[static_cast<std::size_t>(setting)] : found->second;
}

bool ListConfig::is_on(Setting setting) const {
  assert(spec_of(setting).type == SettingType::boolean);
  return text(setting) == "yes";
}

std::int64_t ListConfig::integer(Setting setting) const {
  assert(spec_of(setting).type == SettingType::integer);
  return static_cast<std::int64_t>(parse_number(text(setting)).value_or(0));
}

std::vector<std::string> ListConfig::lines(Setting setting) const { return split_lines(text(setting)); }

std::vector<mail::Address> ListConfig::addresses(Setting setting) const {
  std::vector<mail::Address> found;
  for (const std::string& line : lines(setting)) {
    if (std::optional<mail::Address> address = mail::Address::parse(line)) found.push_back(std::move(*address));
  }
  return found;
}

}  // namespace majlis::lists
