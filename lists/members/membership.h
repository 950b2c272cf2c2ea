#pragma once

#include "auth/proof.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {

enum class MembershipChange { join, leave };

// The facts a decision about a membership rests on.
struct MembershipQuestion {
  MembershipChange change;
  bool is_member = false;   // the address concerned
  bool about_self = false;  // the request claims to come from that address
  auth::Proof proof = auth::Proof::none;
  bool is_banned = false;       // the address concerned (lists/effects/bans.h)
  bool is_unwanted = false;     // likewise: only an owner may add it (lists/effects/address_filter.h)
  bool needs_no_owner = false;  // likewise: subscribe_auto_approval names it, or it was invited
};

enum class MembershipAnswer {
  done,           // change it now
  challenge,      // ask the address concerned to confirm
  ask_owner,      // the owner decides
  already_there,  // join: is a member; may be said, the answer reaches that member only
  not_there,      // leave: is none; may be said
  banned,         // join: may not; may be said
  unwanted,       // join: likewise, but by an owner
  say_nothing,    // the words others hear, but nothing is mailed: a stranger must not learn who is a member
};

// Majordomo's subscribe_policy and unsubscribe_policy, with one correction everywhere: a header proves nothing, so a
// change that no password, token or authenticated sender stands behind is confirmed by the address concerned. Whoever
// proved to be the address may always leave (TR08-003, TR-40). Pure.
MembershipAnswer decide_membership(const ListConfig& config, const MembershipQuestion& question);

}  // namespace majlis::lists
