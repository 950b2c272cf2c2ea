#include "lists/site/config/member_options.h"

#include <array>

#include "base/text.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

constexpr std::uint32_t other_styles(std::uint32_t style) { return store::kMemberHeaderStyle & ~style; }

constexpr std::string_view kFormerConceal = "concealed";  // as members list called it once

// Columns: name, sets, clears, who may set it, whether it may be a default.
constexpr std::array kOptions = {
    MemberOption{"nomail", store::kMemberNoMail, store::kMemberSuspended},
    MemberOption{"mail", 0, store::kMemberNoMail | store::kMemberStopped | store::kMemberSuspended},
    MemberOption{"conceal", store::kMemberConcealed, 0},
    MemberOption{"noconceal", 0, store::kMemberConcealed},
    MemberOption{"digest-plain", store::kMemberDigestPlain, store::kMemberDigestMime | store::kMemberIndex},
    MemberOption{"digest-mime", store::kMemberDigestMime, store::kMemberDigestPlain | store::kMemberIndex},
    MemberOption{"nodigest", 0, store::kMemberDigest},
    MemberOption{"index", store::kMemberIndex, store::kMemberDigest},
    MemberOption{"noindex", 0, store::kMemberIndex},
    MemberOption{"norenew", store::kMemberNoRenew, 0, MemberOption::By::owner, MemberOption::Default::never},
    MemberOption{"renew", 0, store::kMemberNoRenew, MemberOption::By::owner, MemberOption::Default::never},
    MemberOption{"moderated", store::kMemberModerated, 0, MemberOption::By::owner},
    MemberOption{"unmoderated", 0, store::kMemberModerated, MemberOption::By::owner},
    MemberOption{"nopost", store::kMemberNoPost, 0, MemberOption::By::owner},
    MemberOption{"post", 0, store::kMemberNoPost, MemberOption::By::owner},
    MemberOption{"editor", store::kMemberEditor, 0, MemberOption::By::owner, MemberOption::Default::never},
    MemberOption{"noeditor", 0, store::kMemberEditor, MemberOption::By::owner, MemberOption::Default::never},
    MemberOption{"alias", store::kMemberAlias, 0, MemberOption::By::owner, MemberOption::Default::never},
    MemberOption{"noalias", 0, store::kMemberAlias, MemberOption::By::owner, MemberOption::Default::never},
    MemberOption{"ack", store::kMemberAck, 0},
    MemberOption{"noack", 0, store::kMemberAck},
    MemberOption{"norepro", store::kMemberNoRepro, 0},
    MemberOption{"repro", 0, store::kMemberNoRepro},
    MemberOption{"nodupes", store::kMemberNoDupes, 0},
    MemberOption{"dupes", 0, store::kMemberNoDupes},
    MemberOption{"subjecthdr", store::kMemberSubjectHeader, other_styles(store::kMemberSubjectHeader)},
    MemberOption{"shorthdr", store::kMemberShortHeader, other_styles(store::kMemberShortHeader)},
    MemberOption{"dualhdr", store::kMemberDualHeader, other_styles(store::kMemberDualHeader)},
    MemberOption{"ietfhdr", store::kMemberIetfHeader, other_styles(store::kMemberIetfHeader)},
    MemberOption{"fullhdr", 0, store::kMemberHeaderStyle},
};

}  // namespace

std::span<const MemberOption> member_options() { return kOptions; }

const MemberOption* find_member_option(std::string_view name) {
  if (equals_ignoring_case(name, kFormerConceal)) name = "conceal";
  for (const MemberOption& option : kOptions) {
    if (equals_ignoring_case(option.name, name)) return &option;
  }
  return nullptr;
}

bool contradict(const MemberOption& one, const MemberOption& other) {
  return (one.sets & other.clears) != 0 || (one.clears & other.sets) != 0;
}

}  // namespace majlis::lists
