#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/effects/token_letter.h"
#include "lists/members/membership.h"

namespace majlis::lists {

// Who is asked to confirm, how often, and what member and owner hear of a change.

enum class ChallengeOutcome {
  sent,
  just_sent,  // one was mailed a few minutes ago: it may be on its way
  too_many,   // the address, who asks, or the list has had its share for today: nothing was mailed
};

// Who wants what of whom, and where the answer goes.
struct Challenge {
  ChallengedAction action;
  mail::Address address;    // it is asked to confirm
  mail::Address requester;  // as the message says, which proves nothing
  std::string network;      // that it came from; "" where that is not known
  AnswerPlace place;
};

// Mails a token to the address concerned; while one is open the same again, as a letter may be lost, but not within
// kChallengeGap. Daily limits, of which none is shared by joining, by leaving a list and by changing options: how many
// one address gets (site), how many about others one requester causes (kChallengesOfOneRequester), and of joining how
// many the list sends, of which one network causes half at most. When the list's are used up, or the network's, its
// owners are told, once a day.
constexpr UnixTime kChallengeGap = 600;
constexpr std::uint32_t kChallengesOfOneRequester = 20;
Result<ChallengeOutcome> send_challenge(Work& work, const List& list, const Challenge& challenge);
// The same, and the letter is left to the caller to send.
struct WrittenChallenge {
  ChallengeOutcome outcome;
  std::optional<TokenLetter> letter = {};  // where the outcome is `sent`
};
Result<WrittenChallenge> write_challenge(Work& work, const List& list, const Challenge& challenge);
// The same, to the last row that is written, but nothing is mailed: so that nobody who asks about others learns from
// the answer who is a member.
Result<ChallengeOutcome> feign_challenge(Work& work, const List& list, const Challenge& challenge);

// What was asked for has come about, or is void: the next request is a new one.
Status forget_challenge(Work& work, const List& list, const ChallengedAction& action, const mail::Address& address);

std::string_view verb_of(MembershipChange change);  // "subscribe", "unsubscribe"

// The line in the log, and welcome or goodbye to the member and the notice to the owner, as the settings say.
// Told::always: the member hears of it whatever they say;
// only_owner: the member does not; nobody: neither. The notice goes on with the thread of `follows`, the
// Message-ID of the letter that asked the owner, "" = none did.
enum class Told { as_set, always, only_owner, nobody };
Status announce_change(Work& work, const List& list, MembershipChange change, const mail::Address& address, Told told,
                       const std::string& follows);

}  // namespace majlis::lists
