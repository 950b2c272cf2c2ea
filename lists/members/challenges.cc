#include "lists/members/challenges.h"

#include "auth/token.h"
#include "lists/effects/decide_lines.h"
#include "lists/effects/list_change.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kHour = 3600;
constexpr std::size_t kMaxLocalPartOctets = 64;  // RFC 5321 4.5.3.1.1
constexpr int kMaxTokenHoursAdded = 48;  // a token that was used lives on until it expires: take the next hour's

// "2026-11-24 00:12 UTC", cut from "2026-11-24T00:12:01Z".
std::string readable_time(UnixTime time) {
  const std::string iso = iso8601(time);
  return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

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

Result<bool> may_challenge(Work& work, const List& list, const mail::Address& address) {
  const auto list_limit = static_cast<std::uint32_t>(list.config().integer(Setting::challenges_per_day));
  Result<bool> within = is_within_share(work, "challenge", address);
  if (!within || !*within) return within;
  return work.count_within("challenge-by:" + list.address(), list_limit, kDay);
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

std::string challenge_key(const ChallengedAction& action, const mail::Address& address) {
  const std::string option = action.option.empty() ? "" : ":" + action.option;
  return "challenge:" + action.verb + option + ":" + address.canonical();
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
                   {"expires", readable_time(fresh->expires)}};
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

Result<ChallengeOutcome> send_challenge(Work& work, const List& list, const ChallengedAction& action,
                                        const mail::Address& address, const AnswerPlace& place) {
  Result<bool> open = work.state().has_seen(list.address(), challenge_key(action, address));
  if (!open) return open.error();
  if (*open) return ChallengeOutcome::already_open;
  Result<bool> allowed = may_challenge(work, list, address);
  if (!allowed) return allowed.error();
  if (!*allowed) return ChallengeOutcome::too_many;

  const UnixTime expires = work.now() + list.config().integer(Setting::token_hours) * kHour;
  Result<TokenLetter> letter = write_token_letter(work, list, action, address, place, expires);
  if (!letter) return letter.error();
  Status marked = work.state().mark_seen(list.address(), challenge_key(action, address), letter->expires);
  if (!marked) return marked.error();
  send_letter(work, list, letter->letter);
  return ChallengeOutcome::sent;
}

Status announce_change(Work& work, const List& list, MembershipChange change, const mail::Address& address) {
  const bool joined = change == MembershipChange::join;
  if (list.config().is_on(Setting::welcome)) {
    Correspondence letter;
    letter.text_name = joined ? "welcome" : "goodbye";
    letter.values = {{"address", address.text()}};
    for (const char* source : {"intro", "info"}) {
      Result<std::optional<ListText>> intro = read_text(work, list, source);
      if (!intro) return intro.error();
      if (*intro && !letter.values.contains("intro")) letter.values["intro"] = (*intro)->text;
    }
    letter.values.try_emplace("intro", part_text(work, list, "part_no_info"));
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
