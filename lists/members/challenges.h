#pragma once

#include <string>
#include <string_view>

#include "lists/effects/letters.h"
#include "lists/members/membership.h"
#include "tongues/dialect.h"

namespace majlis::lists {

// Who is asked to confirm, how often, and what member and owner hear of a change.

enum class ChallengeOutcome {
  sent,
  already_open,  // one was mailed to this address for this list and is still valid
  too_many,      // the address, or the list, has had its share for today
};

// What an address is asked to confirm: a command, and for "set" its option.
struct ChallengedAction {
  std::string verb;  // "subscribe", "unsubscribe", "set", "confirm"
  std::string option;
};

// Where the answer to a letter goes, and in which words.
struct AnswerPlace {
  std::string server;  // the address that takes commands
  const tongues::Dialect* dialect;
};
// For letters that no command caused: LIST-request, in the tongue of the list's `dialect`.
AnswerPlace answer_place_of(const List& list);

// Mails a token to the address concerned: at most once per list and action while one is open, and within the daily
// limits of site and list.
Result<ChallengeOutcome> send_challenge(Work& work, const List& list, const ChallengedAction& action,
                                        const mail::Address& address, const AnswerPlace& place);

// A letter to `address` that asks it to confirm the action: text "challenge_VERB", the token, how to answer. The caller
// may change the text and sends it. The token is one that was not used before and expires then or within two days
// after.
struct TokenLetter {
  Correspondence letter;
  UnixTime expires;
};
Result<TokenLetter> write_token_letter(Work& work, const List& list, const ChallengedAction& action,
                                       const mail::Address& address, const AnswerPlace& place, UnixTime expires);

// The key under which an open challenge is remembered; forgotten when its token was used.
std::string challenge_key(const ChallengedAction& action, const mail::Address& address);

std::string_view verb_of(MembershipChange change);  // "subscribe", "unsubscribe"

// Welcome or goodbye to the member and the notice to the owner, as the settings say.
Status announce_change(Work& work, const List& list, MembershipChange change, const mail::Address& address);

}  // namespace majlis::lists
