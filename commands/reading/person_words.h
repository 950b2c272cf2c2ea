#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/address.h"

namespace majlis::commands {

// Somebody as an owner names them.
struct NamedPerson {
  mail::Address address;
  std::optional<std::string> name;  // nullopt: none was said; "": "*" was
};

// "ADDRESS", "ADDRESS NAME", "ADDRESS (NAME)", "NAME <ADDRESS>". nullopt: neither.
std::optional<NamedPerson> named_person(std::string_view words);

}  // namespace majlis::commands
