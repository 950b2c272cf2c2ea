#include "lists/effects/copy_facts.h"

#include "base/log.h"

namespace majlis::lists {
namespace {

constexpr int kPatience_ms = 500;

}  // namespace

Result<std::uint32_t> CopyFacts::header_styles(const List& list) const {
  if (state_ != nullptr) return state_->flags_in_use(list.address());
  Result<std::unique_ptr<store::Reader>> reader = store::Reader::open(site_->database_directory(), kPatience_ms);
  if (reader) return (*reader)->flags_in_use(list.address());
  // A header of one's own is not worth a longer wait.
  log(Severity::warning, LogLine("copies").with("list", list.address()).with("header_styles", "unknown"));
  return std::uint32_t{0};
}

}  // namespace majlis::lists
