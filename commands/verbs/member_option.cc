#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/verbs/membership.h"
#include "lists/members/bounces/suspension.h"
#include "lists/members/renewal.h"

namespace majlis::commands {
namespace {

constexpr std::array kOptions = {
    //           name            sets                       clears
    MemberOption{"nomail", store::kMemberNoMail, store::kMemberSuspended},
    MemberOption{"mail", 0, store::kMemberNoMail | store::kMemberSuspended},
    MemberOption{"conceal", store::kMemberConcealed, 0},
    MemberOption{"noconceal", 0, store::kMemberConcealed},
    MemberOption{"digest-plain", store::kMemberDigestPlain, store::kMemberDigestMime},
    MemberOption{"digest-mime", store::kMemberDigestMime, store::kMemberDigestPlain},
    MemberOption{"nodigest", 0, store::kMemberDigest},
    MemberOption{"norenew", store::kMemberNoRenew, 0, MemberOption::By::owner},
    MemberOption{"renew", 0, store::kMemberNoRenew, MemberOption::By::owner},
};

const MemberOption* find_option(std::string_view name) {
  for (const MemberOption& option : kOptions) {
    if (equals_ignoring_case(option.name, name)) return &option;
  }
  return nullptr;
}

// What may stand behind "digest".
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kDigestForms = {
    {{"plain", "digest-plain"}, {"mime", "digest-mime"}, {"off", "nodigest"}}};

Status carry_out(Desk& desk, const lists::List& list, const MemberOption& option, const store::Member& member,
                 auth::Proof proof) {
  store::Writer& state = desk.work().state();
  const lists::ChallengedAction action{"set", std::string(option.name)};
  Status forgotten = state.forget_seen(list.address(), lists::challenge_key(action, member.address));
  if (!forgotten) return forgotten;
  // "mail" is also the answer of somebody whom mail did not reach for a while; who wants none is not to be removed for
  // it.
  if ((option.clears & store::kMemberSuspended) != 0) {
    Status resumed = lists::resume_delivery(state, list, member, "member", desk.work().now());
    if (!resumed) return resumed;
  }
  Result<bool> done = state.set_member_flags(list.address(), member.address, flags_with(member.flags, option));
  if (!done) return done.error();
  desk.say("Succeeded (" + std::string(option.name) + " in list " + list.name().name() + ").");
  desk.work().note(member.address.canonical(), "set " + std::string(option.name) + " list=" + list.address());
  // Only the member itself reads its mail: it is there, and wants to be.
  if (proof != auth::Proof::address_token || !list.config().is_set(lists::Setting::renewal)) return {};
  return lists::renew_subscription(state, list, member, desk.work().now());
}

bool may_set(const MemberOption& option, auth::Proof proof) {
  return option.by == MemberOption::By::member || proof == auth::Proof::list_password ||
         proof == auth::Proof::administrator;
}

}  // namespace

std::span<const MemberOption> member_options() { return kOptions; }

std::uint32_t flags_with(std::uint32_t flags, const MemberOption& option) {
  return (flags & ~option.clears) | option.sets;
}

const MemberOption* take_option(const lists::List& list, std::vector<std::string>& words) {
  if (words.empty()) return nullptr;
  if (!equals_ignoring_case(words.front(), "digest")) {
    const MemberOption* option = find_option(words.front());
    if (option != nullptr) words.erase(words.begin());
    return option;
  }
  words.erase(words.begin());
  for (const auto& [word, name] : kDigestForms) {
    if (words.empty() || !equals_ignoring_case(words.front(), word)) continue;
    words.erase(words.begin());
    return find_option(name);
  }
  return find_option("digest-" + std::string(list.config().choice(lists::Setting::digest_format)));
}

bool is_option_word(std::string_view word) {
  return find_option(word) != nullptr || equals_ignoring_case(word, "digest") ||
         std::any_of(kDigestForms.begin(), kDigestForms.end(),
                     [&](const auto& form) { return equals_ignoring_case(word, form.first); });
}

std::string option_names(MemberOption::By who) {
  std::string names = " digest";
  for (const MemberOption& option : kOptions) {
    if (option.by == MemberOption::By::member || who == MemberOption::By::owner)
      names += " " + std::string(option.name);
  }
  return names;
}

Status change_option(Desk& desk, const lists::List& list, const MemberOption& option, const mail::Address& address,
                     auth::Proof proof) {
  if (!may_set(option, proof)) {
    desk.complain("set: only the owner of the list may set '" + std::string(option.name) + "'.");
    return {};
  }
  const MemberAction action{{"set", std::string(option.name)},
                            [&](const store::Member& member) { return carry_out(desk, list, option, member, proof); }};
  return act_on_member(desk, list, action, address, proof);
}

}  // namespace majlis::commands
