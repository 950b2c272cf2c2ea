#include "lists/effects/address_filter.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

bool fits(std::string_view written, const mail::Address& address) {
  const std::optional<std::string> pattern = mail::address_pattern(written);
  return pattern && mail::matches_address(*pattern, address);
}

bool names(const ListConfig& config, Setting setting, const mail::Address& address) {
  const std::vector<std::string> lines = config.lines(setting);
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return fits(line, address); });
}

}  // namespace

bool is_filtered(const ListConfig& config, const mail::Address& address) {
  return names(config, Setting::address_filter, address) && !names(config, Setting::address_filter_except, address);
}

bool may_ask_to_join(const ListConfig& config, const mail::Address& address) {
  const std::vector<std::string_view> domains = split_words(config.text(Setting::join_domains));
  const bool is_of_one = std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) {
    return fits("*@" + std::string(domain), address);
  });
  return (domains.empty() || is_of_one) && !is_filtered(config, address);
}

bool is_approved_to_join(const ListConfig& config, const mail::Address& address) {
  return names(config, Setting::subscribe_auto_approval, address);
}

}  // namespace majlis::lists
