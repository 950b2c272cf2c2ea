#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/members/challenges.h"
#include "lists/members/join_as.h"
#include "lists/members/member_option.h"
#include "tongues/request.h"
#include "tongues/verb.h"

namespace majlis::commands {

// What a token may be about.
struct Confirmed {
  enum class What {
    membership,
    posts,     // that wait; the verb is confirm
    password,  // of the address for the site
    header,    // of a list, or its templates
    command,   // of an owner
    change,    // of address
    several,   // other tokens
  };
  tongues::Verb verb = tongues::Verb::subscribe;  // or unsubscribe, set, confirm
  lists::MemberOptions options = {};              // of set
  What what = What::membership;
  lists::JoinAs join_as = {};  // of subscribe
};

lists::ChallengedAction action_of(const Confirmed& confirmed);
// All of them.
const std::vector<Confirmed>& all_confirmed();

// What a plain reply to a letter that asked for this says (doc/REPLIES.md).
enum class Consent {
  given,
  refused,        // it has a word of refusal, or asks
  unclear,        // it has no word of assent, or nothing that can be read
  other_subject,  // than the letter's: a program may have written it
};
// `subjects`: of the letter.
Consent consent_in(const tongues::PlainReply& reply, const std::vector<std::string>& subjects, tongues::Verb verb);
Consent consent_in(const tongues::PlainReply& reply, const lists::Site& site, const lists::List& list,
                   const Confirmed& confirmed, const mail::Address& person, std::string_view token);

}  // namespace majlis::commands
