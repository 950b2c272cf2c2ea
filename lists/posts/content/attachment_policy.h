#pragma once

#include "lists/site/config/content_values.h"
#include "lists/site/config/list_config.h"
#include "mail/content/file_ending.h"

namespace majlis::lists {

// What a list says about attachments.
struct AttachmentPolicy {
  PermittedTypes types;
  mail::FileEndings names;  // never permitted

  // Whether there is anything that it does not permit.
  bool is_in_force() const { return types.which != PermittedTypes::Which::all || !names.empty(); }
};
AttachmentPolicy attachment_policy_of(const ListConfig& config);

}  // namespace majlis::lists
