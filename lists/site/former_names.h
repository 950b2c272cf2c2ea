#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/token.h"
#include "auth/verp_tag.h"
#include "base/result.h"
#include "lists/site/site.h"

// Tokens and return addresses belong to a list, not to its name: those that were mailed under a former name stay good,
// and are good for no other list that has the name now.
namespace majlis::lists {

constexpr const char* kFormerNamesFile = "former_names";  // in the list's folder, a line each: address, number

// A list as its tokens name it. `number`: of the change of the rosters since which the list has this name, where
// another list had it before or the list had another; else 0.
std::string token_name_of(std::string_view address, std::uint64_t number);

struct FormerName {
  std::string address;
  std::uint64_t number = 0;
};
// Oldest first; none where the file is missing.
Result<std::vector<FormerName>> former_names(const std::string& list_directory);
Status write_former_names(const std::string& list_directory, const std::vector<FormerName>& names);

// As the functions of auth/, by the site's keys, for a list's present name and each former one. The list is the one
// whose address, or name in tokens, stands in `grant`.
std::optional<auth::ValidToken> check_token(const Site& site, std::string_view token, auth::TokenGrant grant,
                                            UnixTime now);
std::optional<auth::VerpTag> check_verp_tag(const Site& site, std::string_view list, std::string_view text,
                                            UnixTime now);

}  // namespace majlis::lists
