#include <array>

#include "base/text.h"
#include "commands/membership.h"
#include "lists/letters.h"
#include "lists/suspension.h"

namespace majlis::commands {
namespace {

constexpr std::array kOptions = {
    MemberOption{"nomail", store::kMemberNoMail, MemberOption::Effect::on},
    MemberOption{"mail", store::kMemberNoMail, MemberOption::Effect::off},
    MemberOption{"conceal", store::kMemberConcealed, MemberOption::Effect::on},
    MemberOption{"noconceal", store::kMemberConcealed, MemberOption::Effect::off},
};

Status carry_out(Desk& desk, const lists::List& list, const MemberOption& option, const store::Member& member) {
  store::Writer& state = desk.work().state();
  const lists::ChallengedAction action{"set", std::string(option.name)};
  Status forgotten = state.forget_seen(list.address(), lists::challenge_key(action, member.address));
  if (!forgotten) return forgotten;
  // "mail" is also the answer of somebody whom mail did not reach for a while.
  if (option.name == "mail") {
    Status resumed = lists::resume_delivery(state, list, member, "member", desk.work().now());
    if (!resumed) return resumed;
  }
  Result<bool> done = state.set_member_flags(list.address(), member.address, flags_with(member.flags, option));
  if (!done) return done.error();
  desk.say("Succeeded (" + std::string(option.name) + " in list " + list.name().name() + ").");
  desk.work().note(member.address.canonical(), "set " + std::string(option.name) + " list=" + list.address());
  return {};
}

}  // namespace

std::span<const MemberOption> member_options() { return kOptions; }

std::uint32_t flags_with(std::uint32_t flags, const MemberOption& option) {
  if (option.effect == MemberOption::Effect::on) return flags | option.flag;
  const std::uint32_t off = option.name == "mail" ? option.flag | store::kMemberSuspended : option.flag;
  return flags & ~off;
}

const MemberOption* find_option(std::string_view name) {
  for (const MemberOption& option : kOptions) {
    if (equals_ignoring_case(option.name, name)) return &option;
  }
  return nullptr;
}

std::string option_names() {
  std::string names;
  for (const MemberOption& option : kOptions) names += " " + std::string(option.name);
  return names;
}

Status change_option(Desk& desk, const lists::List& list, const MemberOption& option, const mail::Address& address,
                     auth::Proof proof) {
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), address);
  if (!member) return member.error();
  if (*member && proof != auth::Proof::none) return carry_out(desk, list, option, **member);
  const bool may_know = proof != auth::Proof::none || address == desk.requester();
  if (!*member && may_know) {
    say_no_member(desk, "set", list, address);
    return {};
  }
  if (*member) {
    const lists::ChallengedAction action{"set", std::string(option.name)};
    Result<lists::ChallengeOutcome> sent = lists::send_challenge(desk.work(), list, action, address, desk.server());
    if (!sent) return sent.error();
  }
  say_challenged(desk, list);
  return {};
}

}  // namespace majlis::commands
