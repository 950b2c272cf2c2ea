#include "spool/recipient_words.h"

#include <algorithm>

namespace majlis::spool {

void RecipientWords::add(const std::vector<std::string>& addresses, const std::vector<OwnWords>& words) {
  const std::size_t count = std::min(addresses.size(), words.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (words[i] != OwnWords()) words_.insert_or_assign(addresses[i], words[i]);
  }
}

OwnWords RecipientWords::of(const std::string& address) const {
  const auto found = words_.find(address);
  return found == words_.end() ? OwnWords() : found->second;
}

void RecipientWords::forget(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes) {
  for (std::size_t i = 0; i < targets.size() && !words_.empty(); ++i) {
    const DeliveryOutcome::Kind kind = outcomes[i].kind;
    const bool is_settled = kind == DeliveryOutcome::Kind::delivered || kind == DeliveryOutcome::Kind::failed;
    if (is_settled) words_.erase(targets[i].recipient->address);
  }
}

}  // namespace majlis::spool
