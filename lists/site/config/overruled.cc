#include "lists/site/config/overruled.h"

#include "lists/site/config/config_fault.h"

namespace majlis::lists {

std::optional<Phrase> overruled(const ListConfig& config, Setting setting) {
  const bool is_by_reply_to = setting == Setting::reply_to_mode && config.is_set(Setting::reply_to);
  if (!is_by_reply_to || !config.is_set(setting)) return {};
  return fault(FaultId::reply_to_wins);
}

}  // namespace majlis::lists
