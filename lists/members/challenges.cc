#include "lists/members/challenges.h"

#include "auth/token.h"
#include "base/date_text.h"
#include "lists/effects/ceilings.h"
#include "lists/effects/decide_lines.h"
#include "lists/effects/list_change.h"
#include "lists/members/member_log.h"
#include "lists/members/welcome.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kHour = 3600;
constexpr std::size_t kMaxLocalPartOctets = 64;  // RFC 5321 4.5.3.1.1
constexpr int kMaxTokenHoursAdded = 48;  // a token that was used lives on until it expires: take the next hour's

struct FreshToken {
  std::string token;
  UnixTime expires;
};

Result<FreshToken> unused_token(Work& work, const auth::TokenGrant& grant, UnixTime expires) {
  for (int added = 0; added < kMaxTokenHoursAdded; ++added, expires += kHour) {
    const std::string token = auth::make_token(work.site().keys().front(), grant, expires);
    const auto valid = auth::check_token(work.site().keys(), token, grant, work.now());
    if (!valid) break;
    Result<bool> used = work.state().is_token_used(valid->canonical);
    if (!used) return used.error();
    if (!*used) return FreshToken{token, valid->expires};
  }
  return Error{ErrorKind::again, "lists: challenge: no unused token for " + grant.list};
}

// The key under which an open challenge is remembered.
std::string challenge_key(const ChallengedAction& action, const mail::Address& address) {
  const std::string option = action.option.empty() ? "" : ":" + action.option;
  return "challenge:" + action.verb + option + ":" + address.canonical();
}

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

// ${confirm_line}, and ${confirm_lines}: the same, and how to send it where a mail program would break it.
void put_confirmation(TextValues& values, const Work& work, const List& list, const ChallengedAction& action,
                      const tongues::Dialect& dialect) {
  const std::optional<tongues::Verb> verb = tongues::verb_named(action.verb);
  const TextValues words = {{"token", values["token"]},
                            {"verb", verb ? tongues::word_of(dialect, *verb) : action.verb},
                            {"target", list.name().name() + (action.option.empty() ? "" : " " + action.option)},
                            {"address", values["address"]}};
  const std::string line = fill_in(dialect.confirm_line, words);
  values["confirm_line"] = line;
  values["confirm_lines"] = line;
  if (dialect.confirm_folded.empty()) return;
  values["confirm_lines"] +=
      "\n\n" + part_text(work, list, "part_broken_line") + "\n\n" + fill_in(dialect.confirm_folded, words);
}

}  // namespace

AnswerPlace answer_place_of(const List& list) { return {list.role_address("request"), &dialect_of(list)}; }

std::string_view verb_of(MembershipChange change) {
  return change == MembershipChange::join ? "subscribe" : "unsubscribe";
}

Result<TokenLetter> write_token_letter(Work& work, const List& list, const ChallengedAction& action,
                                       const mail::Address& address, const AnswerPlace& place, UnixTime expires) {
  const auth::TokenGrant grant{list.address(), action.verb, address.canonical(), action.option};
  Result<FreshToken> fresh = unused_token(work, grant, expires);
  if (!fresh) return fresh.error();
  Correspondence letter;
  letter.text_name = "challenge_" + action.verb;
  letter.values = {{"address", address.text()},
                   {"option", action.option},
                   {"token", fresh->token},
                   {"server", place.server},
                   {"expires", minute_text(fresh->expires)}};
  put_confirmation(letter.values, work, list, action, *place.dialect);
  // A plain reply confirms: by its address where list name and token fit a local part, else by its Subject.
  const std::string local = list.name().name() + "-confirm+" + fresh->token;
  const bool fits = local.size() <= kMaxLocalPartOctets;
  letter.reply_to = fits ? local + "@" + list.name().domain() : list.role_address("request");
  letter.values["subject_token"] = fits ? "" : " [" + fresh->token + "]";
  letter.values["reply_hint"] = render_text(work.site(), list.config().text(Setting::language), "part_reply_hint",
                                            {{"confirm_address", letter.reply_to}})
                                    .body;
  letter.to = {address};
  return TokenLetter{std::move(letter), fresh->expires};
}

namespace {

enum class Letter { mailed, feigned };

Result<ChallengeOutcome> challenge_with(Work& work, const List& list, const Challenge& challenge, Letter as) {
  const std::string open_key = challenge_key(challenge.action, challenge.address);
  const std::string just_sent_key = gap_key(challenge.action, challenge.address);
  Result<std::optional<UnixTime>> gap = work.state().seen_until(list.address(), just_sent_key);
  if (!gap) return gap.error();
  if (gap->value_or(0) > work.now()) return ChallengeOutcome::just_sent;
  Result<bool> allowed = may_challenge(work, list, challenge);
  if (!allowed) return allowed.error();
  if (!*allowed) return ChallengeOutcome::too_many;

  Result<std::optional<UnixTime>> open = work.state().seen_until(list.address(), open_key);
  if (!open) return open.error();
  UnixTime expires = open->value_or(0);
  if (expires <= work.now()) expires = work.now() + list.config().integer(Setting::token_hours) * kHour;
  Result<TokenLetter> letter =
      write_token_letter(work, list, challenge.action, challenge.address, challenge.place, expires);
  if (!letter) return letter.error();
  Status marked = work.state().mark_seen(list.address(), open_key, letter->expires);
  if (marked) marked = work.state().mark_seen(list.address(), just_sent_key, work.now() + kChallengeGap);
  if (!marked) return marked.error();
  if (as == Letter::mailed) send_letter(work, list, letter->letter);
  return ChallengeOutcome::sent;
}

}  // namespace

Result<ChallengeOutcome> send_challenge(Work& work, const List& list, const Challenge& challenge) {
  return challenge_with(work, list, challenge, Letter::mailed);
}

Result<ChallengeOutcome> feign_challenge(Work& work, const List& list, const Challenge& challenge) {
  return challenge_with(work, list, challenge, Letter::feigned);
}

Status forget_challenge(Work& work, const List& list, const ChallengedAction& action, const mail::Address& address) {
  Status forgotten = work.state().forget_seen(list.address(), challenge_key(action, address));
  return forgotten ? work.state().forget_seen(list.address(), gap_key(action, address)) : forgotten;
}

Status announce_change(Work& work, const List& list, MembershipChange change, const mail::Address& address) {
  log_member(work, list, verb_of(change), address);
  const bool joined = change == MembershipChange::join;
  if (list.config().is_on(Setting::welcome)) {
    Correspondence letter;
    letter.text_name = joined ? "welcome" : "goodbye";
    Result<TextValues> values = welcome_values(work, list);
    if (!values) return values.error();
    letter.values = std::move(*values);
    letter.values["address"] = address.text();
    letter.to = {address};
    send_letter(work, list, letter);
  }
  if (list.config().is_on(Setting::announcements)) {
    Correspondence notice;
    notice.text_name = "notice_" + std::string(verb_of(change));
    notice.values = {{"address", address.text()}};
    notice.to = list.owners();
    send_letter(work, list, notice);
  }
  return {};
}

}  // namespace majlis::lists
