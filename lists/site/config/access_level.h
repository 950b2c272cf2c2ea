#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::lists {

// One word of LISTSERV's lists of who may do something: "Public", "Private", "(STAFF-L)", "Owner(STAFF-L)", an address.
struct AccessLevel {
  enum class Kind {
    everybody,  // Public
    members,    // Private
    owners,     // Owner, Owners
    editors,    // Editor
    area,       // Service, Service(LIST)
    list,       // (LIST), the members of another: `name`
    address,    // `name`
    others,     // Postmaster, Owner(LIST)
  };
  Kind kind;
  std::string name = {};
};

// nullopt: no such word.
std::optional<AccessLevel> read_access_level(std::string_view word);

// What it comes to among open, list and closed, the values of who_access and its like. Owners always may; whom no value
// names is left out, and who writes from a service area counts as members do.
std::string_view access_of(const AccessLevel& level);
// Whether that is all it says.
bool is_obeyed(const AccessLevel& level);
// The wider of two such values.
std::string_view wider_access(std::string_view one, std::string_view other);
// "Public", "Private", "Owner".
std::string_view level_for(std::string_view access);

}  // namespace majlis::lists
