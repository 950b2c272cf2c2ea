#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "commands/desk.h"
#include "lists/members/challenges.h"
#include "lists/members/membership.h"

namespace majlis::commands {

// Decides about one address and one list with the proof at hand, carries it out, and says so.
Status change_membership(Desk& desk, const lists::List& list, lists::MembershipChange change, const mail::Mailbox& who,
                         auth::Proof proof);

// An option of a membership.
struct MemberOption {
  enum class By { member, owner };  // who may set it
  std::string_view name;
  std::uint32_t sets;  // store::MemberFlag bits
  std::uint32_t clears;
  By by = By::member;
};
std::span<const MemberOption> member_options();
// A member's flags once the option is set.
std::uint32_t flags_with(std::uint32_t flags, const MemberOption& option);
// Whether the word may be part of an option as take_option() reads it.
bool is_option_word(std::string_view word);
std::string option_names(MemberOption::By who);  // those that a member, or the owner, may set: " nomail mail ..."

// Takes an option off the front of `words`: its name, ASCII case ignored, or "digest" with or without "mime", "plain"
// or "off" behind it (alone it is the list's digest_format). nullptr: none is there, nothing is taken.
const MemberOption* take_option(const lists::List& list, std::vector<std::string>& words);

// As change_membership, about one option: done with a proof, else the address is asked to confirm.
Status change_option(Desk& desk, const lists::List& list, const MemberOption& option, const mail::Address& address,
                     auth::Proof proof);

// The subscription begins anew (lists/members/renewal.h): done with a proof, else the address is asked to confirm.
Status renew_membership(Desk& desk, const lists::List& list, const mail::Address& address, auth::Proof proof);

// Something about one member alone that the member, or the owner, may have done.
struct MemberAction {
  lists::ChallengedAction action;
  std::function<Status(const store::Member&)> carry_out;
};
// Carries it out when there is a proof, which voids an open question about it; else asks the address to confirm.
Status act_on_member(Desk& desk, const lists::List& list, const MemberAction& action, const mail::Address& address,
                     auth::Proof proof);

// The person a line is about: the words as one mailbox, or the requester when there are none. nullopt: complained.
std::optional<mail::Mailbox> person_in(Desk& desk, const Request& request, const std::vector<std::string>& words);

// The same words whether a challenge left or not: a stranger must not learn who is a member, or who was asked already.
void say_challenged(Desk& desk, const lists::List& list);
void say_no_member(Desk& desk, std::string_view verb, const lists::List& list, const mail::Address& address);

}  // namespace majlis::commands
