#include "spool/member_names.h"

#include <algorithm>

namespace majlis::spool {

void MemberNames::add(const std::vector<std::string>& addresses, const std::vector<std::string>& names) {
  const std::size_t count = std::min(addresses.size(), names.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (!names[i].empty()) names_.insert_or_assign(addresses[i], names[i]);
  }
}

std::string MemberNames::name_of(const std::string& address) const {
  const auto found = names_.find(address);
  return found == names_.end() ? std::string() : found->second;
}

void MemberNames::forget(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes) {
  for (std::size_t i = 0; i < targets.size() && !names_.empty(); ++i) {
    const DeliveryOutcome::Kind kind = outcomes[i].kind;
    const bool is_settled = kind == DeliveryOutcome::Kind::delivered || kind == DeliveryOutcome::Kind::failed;
    if (is_settled) names_.erase(targets[i].recipient->address);
  }
}

}  // namespace majlis::spool
