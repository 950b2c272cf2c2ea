#include "lists/moving/strictness.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace majlis::lists {
namespace {

using S = Setting;

// Loosest first.
struct Order {
  Setting setting;
  std::string_view words;
};
constexpr std::string_view kAccess = "open|list|closed";
constexpr std::string_view kOffOn = "no|yes";
constexpr std::array kOrders = {
    Order{S::subscribe_policy, "auto|auto+confirm|open|open+confirm|closed|closed+confirm"},
    Order{S::unsubscribe_policy, "auto|open|closed|auto+confirm|open+confirm|closed+confirm"},
    Order{S::post_access, kAccess},
    Order{S::who_access, kAccess},
    Order{S::which_access, kAccess},
    Order{S::info_access, kAccess},
    Order{S::intro_access, kAccess},
    Order{S::get_access, kAccess},
    Order{S::index_access, kAccess},
    Order{S::moderate, kOffOn},
    Order{S::emergency, kOffOn},
    Order{S::administrivia, kOffOn},
    Order{S::require_list_address, kOffOn},
    Order{S::attachments, "yes|no"},
    Order{S::html, "keep|clean|text|reject"},
    Order{S::nonmember_posts, "accept|challenge|hold|reject|discard"},
    Order{S::dmarc, "none|munge|wrap|reject"},
};

// Where the smaller number is the stricter, and none (0) is the loosest.
constexpr std::array kCeilings = {S::maxlength, S::max_recipients};

std::size_t place_of(std::string_view word, std::string_view words) {
  const std::vector<std::string_view> all = split_at(words, '|');
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), word) - all.begin());
}

std::uint64_t ceiling_in(std::string_view text) {
  const std::uint64_t number = parse_number(text).value_or(0);
  return number == 0 ? UINT64_MAX : number;
}

}  // namespace

bool is_stricter(Setting setting, std::string_view one, std::string_view other) {
  if (std::find(kCeilings.begin(), kCeilings.end(), setting) != kCeilings.end()) {
    return ceiling_in(one) < ceiling_in(other);
  }
  const auto order =
      std::find_if(kOrders.begin(), kOrders.end(), [&](const Order& each) { return each.setting == setting; });
  if (order == kOrders.end()) return false;
  return place_of(one, order->words) > place_of(other, order->words);
}

}  // namespace majlis::lists
