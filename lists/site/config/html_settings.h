#pragma once

#include "lists/site/config/list_config.h"
#include "mail/html_policy.h"

namespace majlis::lists {

// What the settings html, html_remote and collapse_alternatives ask for.
mail::HtmlPolicy html_policy_of(const ListConfig& config);

}  // namespace majlis::lists
