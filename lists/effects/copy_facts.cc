#include "lists/effects/copy_facts.h"

namespace majlis::lists {

Result<std::uint32_t> CopyFacts::header_styles(const List& list) const {
  if (state_ != nullptr) return state_->header_styles_of(list.address());
  Result<std::unique_ptr<store::Reader>> reader = site_->open_reader();
  if (!reader) return reader.error();
  return (*reader)->header_styles_of(list.address());
}

}  // namespace majlis::lists
