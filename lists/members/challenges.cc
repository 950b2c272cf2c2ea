#include "lists/members/challenges.h"

#include "lists/effects/ceilings.h"
#include "lists/members/member_log.h"
#include "lists/members/welcome.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kHour = 3600;

// Under which it is remembered that one left a moment ago.
std::string gap_key(const ChallengedAction& action, const mail::Address& address) {
  return "sent-" + challenge_key(action, address);
}

bool joins(const ChallengedAction& action) { return action.verb == verb_of(MembershipChange::join); }

// What counts together. Whoever had all the letters by which to leave a list can leave it, so nothing else is counted
// with them.
std::string kind_of(const List& list, const ChallengedAction& action) {
  if (joins(action)) return "challenge";
  const bool leaves = action.verb == verb_of(MembershipChange::leave);
  return leaves ? "challenge-leave:" + list.address() : "challenge-own";
}

Result<bool> list_may_challenge(Work& work, const List& list, const std::string& network) {
  const auto limit = static_cast<std::uint64_t>(list.config().integer(Setting::challenges_per_day));
  std::vector<Share> shares = {{"challenge-by:" + list.address(), limit}};
  const std::uint64_t half = (limit + 1) / 2;
  if (!network.empty()) shares.push_back({"challenge-of:" + list.address() + ":" + network, half});
  Result<std::optional<std::size_t>> used_up = take_shares(work, shares);
  if (!used_up) return used_up.error();
  if (!*used_up) return true;
  Status told = **used_up == 0 ? tell_of_ceiling(work, &list, {Ceiling::challenges, limit})
                               : tell_of_ceiling(work, &list, {Ceiling::network_challenges, half, network});
  return told ? Result<bool>(false) : told.error();
}

// Strangers who want to join share nothing with members who want to leave or change something.
Result<bool> may_challenge(Work& work, const List& list, const Challenge& challenge) {
  if (challenge.requester != challenge.address) {
    Result<bool> within =
        work.count_within("challenge-from:" + mailbox_key(challenge.requester), kChallengesOfOneRequester, kDay);
    if (!within || !*within) return within;
  }
  Result<bool> within = is_within_share(work, kind_of(list, challenge.action), challenge.address);
  if (!within || !*within || !joins(challenge.action)) return within;
  return list_may_challenge(work, list, challenge.network);
}

}  // namespace

std::string_view verb_of(MembershipChange change) {
  return change == MembershipChange::join ? "subscribe" : "unsubscribe";
}

Result<WrittenChallenge> write_challenge(Work& work, const List& list, const Challenge& challenge) {
  const std::string open_key = challenge_key(challenge.action, challenge.address);
  const std::string just_sent_key = gap_key(challenge.action, challenge.address);
  Result<std::optional<UnixTime>> gap = work.state().seen_until(list.address(), just_sent_key);
  if (!gap) return gap.error();
  if (gap->value_or(0) > work.now()) return WrittenChallenge{ChallengeOutcome::just_sent};
  Result<bool> allowed = may_challenge(work, list, challenge);
  if (!allowed) return allowed.error();
  if (!*allowed) return WrittenChallenge{ChallengeOutcome::too_many};

  Result<std::optional<UnixTime>> open = work.state().seen_until(list.address(), open_key);
  if (!open) return open.error();
  UnixTime expires = open->value_or(0);
  if (expires <= work.now()) expires = work.now() + list.config().integer(Setting::token_hours) * kHour;
  Result<TokenLetter> letter =
      write_token_letter(work, list, challenge.action, challenge.address, challenge.place, expires);
  if (!letter) return letter.error();
  Status marked = work.state().mark_seen(list.address(), open_key, letter->token.expires);
  if (marked) marked = work.state().mark_seen(list.address(), just_sent_key, work.now() + kChallengeGap);
  if (!marked) return marked.error();
  return WrittenChallenge{ChallengeOutcome::sent, std::move(*letter)};
}

Result<ChallengeOutcome> send_challenge(Work& work, const List& list, const Challenge& challenge) {
  Result<WrittenChallenge> written = write_challenge(work, list, challenge);
  if (!written) return written.error();
  if (written->letter) send_letter(work, list, written->letter->letter);
  return written->outcome;
}

Result<ChallengeOutcome> feign_challenge(Work& work, const List& list, const Challenge& challenge) {
  Result<WrittenChallenge> written = write_challenge(work, list, challenge);
  if (!written) return written.error();
  return written->outcome;
}

Status forget_challenge(Work& work, const List& list, const ChallengedAction& action, const mail::Address& address) {
  Status forgotten = work.state().forget_seen(list.address(), challenge_key(action, address));
  return forgotten ? work.state().forget_seen(list.address(), gap_key(action, address)) : forgotten;
}

Status announce_change(Work& work, const List& list, MembershipChange change, const mail::Address& address, Told told,
                       const std::string& follows) {
  log_member(work, list, verb_of(change), address);
  const bool joined = change == MembershipChange::join;
  const bool as_set = told == Told::as_set && list.config().is_on(Setting::welcome);
  if (told == Told::always || as_set) {
    Status sent = send_welcome(work, list, joined ? "welcome" : "goodbye", address);
    if (!sent) return sent;
  }
  if (told != Told::nobody && list.config().is_on(Setting::announcements)) {
    Correspondence notice;
    notice.text_name = "notice_" + std::string(verb_of(change));
    notice.values = {{"address", address.text()}};
    notice.follows = follows;
    notice.to = list.owners();
    send_letter(work, list, notice);
  }
  return {};
}

}  // namespace majlis::lists
