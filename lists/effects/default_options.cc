#include "lists/effects/default_options.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

// As lists/members/member_option.cc has them for members who are there.
struct Row {
  std::string_view name;
  std::uint32_t sets;
  std::uint32_t clears;
};
constexpr std::array kRows = {
    Row{"mail", 0, store::kMemberNoMail},
    Row{"nomail", store::kMemberNoMail, 0},
    Row{"digest-plain", store::kMemberDigestPlain, store::kMemberDigestMime},
    Row{"digest-mime", store::kMemberDigestMime, store::kMemberDigestPlain},
    Row{"nodigest", 0, store::kMemberDigest},
    Row{"ack", store::kMemberAck, 0},
    Row{"noack", 0, store::kMemberAck},
    Row{"repro", 0, store::kMemberNoRepro},
    Row{"norepro", store::kMemberNoRepro, 0},
    Row{"dupes", 0, store::kMemberNoDupes},
    Row{"nodupes", store::kMemberNoDupes, 0},
    Row{"conceal", store::kMemberConcealed, 0},
    Row{"noconceal", 0, store::kMemberConcealed},
    Row{"post", 0, store::kMemberNoPost},
    Row{"nopost", store::kMemberNoPost, 0},
    Row{"moderated", store::kMemberModerated, 0},
    Row{"unmoderated", 0, store::kMemberModerated},
};

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
    const auto row = std::find_if(kRows.begin(), kRows.end(),
                                  [&](const Row& each) { return equals_ignoring_case(each.name, name); });
    if (row != kRows.end()) flags = (flags & ~row->clears) | row->sets;
  }
  return flags;
}

}  // namespace majlis::lists
