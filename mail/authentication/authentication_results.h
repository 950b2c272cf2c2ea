#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// One "header.d=example.org" of a result. Type and name in lower case; the value as written, without quotes.
struct ResultProperty {
  std::string type;
  std::string name;
  std::string value;
};

// One "dkim=pass ..." of a field. Method and result in lower case.
struct AuthenticationResult {
  std::string method;
  std::string result;
  std::vector<ResultProperty> properties;

  // The value of a property that is given once; nullopt when it is absent or given twice.
  std::optional<std::string_view> property(std::string_view type, std::string_view name) const;
};

// An Authentication-Results field (RFC 8601 2.2).
struct AuthenticationResults {
  std::string authserv_id;  // in lower case
  std::vector<AuthenticationResult> results;
};

// Reads the body of a field, folds and comments included. nullopt for what is no such field: without authserv-id, of
// another version than 1, with anything left over, beyond the ceilings of the source. Results by another version of
// their method are left out. Taken beside the RFC: values with octets that it wants in quotes ('/', '=', ':', '<'),
// and a semicolon at the end. Pure; linear; any octets.
std::optional<AuthenticationResults> parse_authentication_results(std::string_view body);

}  // namespace majlis::mail
