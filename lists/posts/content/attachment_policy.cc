#include "lists/posts/content/attachment_policy.h"

namespace majlis::lists {

AttachmentPolicy attachment_policy_of(const ListConfig& config) {
  return {read_permitted_types(config.text(Setting::attachments)),
          mail::FileEndings(config.text(Setting::attachment_names))};
}

}  // namespace majlis::lists
