#include "lists/effects/new_member.h"

#include <string>

#include "base/text.h"
#include "lists/site/config/member_options.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

// "digest" alone has the list's form.
std::string named_in_full(const ListConfig& config, std::string_view word) {
  const bool has_form = !equals_ignoring_case(word, "digest");
  return has_form ? std::string(word) : "digest-" + std::string(config.choice(Setting::digest_format));
}

}  // namespace

std::uint32_t flags_of_new_member(const ListConfig& config) {
  std::uint32_t flags = config.is_on(Setting::ack_new_members) ? store::kMemberAck : 0U;
  for (const std::string_view word : split_words(config.text(Setting::default_options))) {
    const std::string name = named_in_full(config, word);
    const MemberOption* option = find_member_option(name);
    if (option != nullptr) flags = (flags & ~option->clears) | option->sets;
  }
  return flags;
}

}  // namespace majlis::lists
