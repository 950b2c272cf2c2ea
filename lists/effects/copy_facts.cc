#include "lists/effects/copy_facts.h"

namespace majlis::lists {

Result<std::uint32_t> CopyFacts::header_styles(const List& list) const {
  if (state_ != nullptr) return state_->flags_in_use(list.address());
  Result<std::unique_ptr<store::Reader>> reader = site_->open_reader();
  if (!reader) return reader.error();
  return (*reader)->flags_in_use(list.address());
}

}  // namespace majlis::lists
