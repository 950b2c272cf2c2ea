#include "lists/posts/transforms/transforms.h"
#include "lists/site/config/header_values.h"

namespace majlis::lists {

// Fields that came along and the owner wants nobody to have. What the list adds itself comes later.
Result<Draft> remove_headers(const PostContext& context, Draft draft) {
  const ListConfig& config = context.list->config();
  for (const std::string_view name : removed_field_names(config.text(Setting::remove_headers))) {
    draft.edit().remove_fields(name);
  }
  return draft;
}

}  // namespace majlis::lists
