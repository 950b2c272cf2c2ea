#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "commands/desk/desk.h"
#include "lists/members/challenges.h"
#include "lists/members/join_as.h"
#include "lists/members/member_option.h"
#include "lists/members/membership.h"

namespace majlis::commands {

// Decides about one address and one list with the proof at hand, carries it out, and says so.
Status change_membership(Desk& desk, const lists::List& list, lists::MembershipChange change, const mail::Mailbox& who,
                         auth::Proof proof, const lists::JoinAs& as = {});

// The member leaves by the token of its own List-Unsubscribe, whoever mailed it, and hears of it in any case. false: it
// is not this member's, or nobody's; nothing was done or said.
Result<bool> leave_by_link(Desk& desk, const lists::List& list, const mail::Mailbox& who, std::string_view token);

// As change_membership, about options: done with a proof, else the address is asked to confirm, all of them at once.
Status change_options(Desk& desk, const lists::List& list, const lists::MemberOptions& options,
                      const mail::Address& address, auth::Proof proof);

// Says of options that nobody has, or that everybody has, that they change nothing. Whether the request has no others.
bool changes_nothing(Desk& desk, const Request& request);
// A choice of topics is not understood: which ones the list has.
void say_topics(Desk& desk, const lists::List& list, Reply words);

// The subscription begins anew (lists/members/renewal.h): done with a proof, else the address is asked to confirm.
Status renew_membership(Desk& desk, const lists::List& list, const mail::Address& address, auth::Proof proof);

// What a list trusts a member's mail with (trust_authenticated).
enum class OwnCommand { join, leave_or_stop_mail, other };
// What stands behind a request about `person`: the desk's proof; else, where it is the requester's own, a right
// personal password, or that the mail is authenticated, as far as the list trusts that. Joining is confirmed in any
// case.
auth::Proof proof_about(const Desk& desk, const lists::List& list, const mail::Address& person, OwnCommand command);

// The same for what is about all lists that the requester is on: each trusts it with everything, and there is one.
Result<bool> all_lists_trust(Desk& desk);

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
void say_no_member(Desk& desk, Verb verb, const lists::List& list, const mail::Address& address);

}  // namespace majlis::commands
