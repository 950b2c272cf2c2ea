#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::mail {

// The one spelling of a domain: lower-case A-labels (IDNA 2008 with the mapping of UTS 46, non-transitional).
// nullopt for anything that no DNS host could be called: empty or over-long labels, characters outside letters, digits
// and inner hyphens, a numeric last label, a domain literal, hidden characters, a dot at the end.
std::optional<std::string> canonical_domain(std::string_view text);

// As people write it: A-labels as the words they stand for, in UTF-8. `domain` is canonical.
std::string domain_in_unicode(const std::string& domain);

}  // namespace majlis::mail
