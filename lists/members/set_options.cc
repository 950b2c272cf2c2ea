#include "lists/members/set_options.h"

#include <algorithm>

#include "lists/members/bounces/suspension.h"
#include "lists/site/config/topics.h"

namespace majlis::lists {
namespace {

bool ends_suspension(const MemberOption* option) { return (option->clears & store::kMemberSuspended) != 0; }

}  // namespace

// "mail" is also the answer of somebody whom mail did not reach for a while; who wants none is not to be removed for
// it.
Status set_member_options(store::Writer& state, const List& list, const store::Member& member,
                          const MemberOptions& options, MemberOption::By who, std::string_view resumed_by,
                          UnixTime now) {
  if (std::any_of(options.flags.begin(), options.flags.end(), ends_suspension)) {
    Status resumed = resume_delivery(state, list, member, resumed_by, now);
    if (!resumed) return resumed;
  }
  std::uint32_t flags = member.flags;
  for (const MemberOption* option : options.flags) flags = flags_with(flags, *option, who);
  Result<bool> done = state.set_member_flags(list.address(), member.address, flags);
  if (done && !options.language.empty()) {
    const std::string language = options.language == kDefaultLanguage ? "" : options.language;
    done = state.set_member_language(list.address(), member.address, language);
  }
  const auto choice = changed_choice(read_topics(list.config().lines(Setting::topics)), member.topics, options.topics);
  if (done && choice) done = state.set_member_topics(list.address(), member.address, *choice);
  return done ? Status() : done.error();
}

}  // namespace majlis::lists
