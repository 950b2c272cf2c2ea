#pragma once

#include <optional>
#include <string_view>

#include "mail/automatic_reason.h"

namespace majlis::mail {

// What a header field says about its message by its name alone, whatever stands in it: RFC 2369 and 2919 (List-*), the
// many spellings of X-Auto-Reply, the fields of programs that keep requests and faults. nullopt: any program's.
std::optional<AutomaticReason> reason_by_field(std::string_view name, std::string_view body);

// Whether the field is one of those with which a mailbox answers by itself.
bool is_autoreply_field(std::string_view name);

}  // namespace majlis::mail
