#include "lists/effects/copy_facts.h"

namespace majlis::lists {

Result<std::uint32_t> CopyFacts::header_styles(const List& list) const {
  if (state_ != nullptr) return state_->flags_in_use(list.address());
  // Nobody waits for it: a copy too many costs less.
  Result<std::unique_ptr<store::Reader>> reader = store::Reader::open(site_->database_directory(), 0);
  return reader ? (*reader)->flags_in_use(list.address()) : Result<std::uint32_t>(store::kMemberHeaderStyle);
}

}  // namespace majlis::lists
