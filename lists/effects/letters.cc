#include "lists/effects/letters.h"

#include "auth/token.h"
#include "base/text.h"
#include "lists/effects/list_change.h"
#include "spool/job/job.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kHour = 3600;
constexpr std::size_t kMaxShownPattern = 300;
constexpr std::size_t kMaxLocalPartOctets = 64;  // RFC 5321 4.5.3.1.1
constexpr int kMaxTokenHoursAdded = 48;  // a token that was used lives on until it expires: take the next hour's

std::string join_addresses(const std::vector<mail::Address>& addresses) {
  std::string joined;
  for (const mail::Address& address : addresses) {
    if (!joined.empty()) joined += ", ";
    joined += address.text();
  }
  return joined;
}

std::vector<std::string> as_recipients(const std::vector<mail::Address>& addresses) {
  std::vector<std::string> recipients;
  for (const mail::Address& address : addresses) recipients.push_back(address.text());
  return recipients;
}

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

// Addresses that differ only by what stands behind '+' count together: one mailbox gets them all.
std::string mailbox_key(const mail::Address& address) {
  const std::string canonical = address.canonical();
  const std::size_t plus = canonical.find('+');
  const std::size_t at = canonical.rfind('@');
  return plus == std::string::npos || plus > at ? canonical : canonical.substr(0, plus) + canonical.substr(at);
}

Result<bool> may_challenge(Work& work, const List& list, const mail::Address& address) {
  const auto list_limit = static_cast<std::uint32_t>(list.config().integer(Setting::challenges_per_day));
  Result<bool> within = is_within_share(work, "challenge", address);
  if (!within || !*within) return within;
  return work.count_within("challenge-by:" + list.address(), list_limit, kDay);
}

}  // namespace

Result<bool> is_within_share(Work& work, std::string_view kind, const mail::Address& address) {
  const auto limit = static_cast<std::uint32_t>(work.site().config().challenges_per_day);
  return work.count_within(std::string(kind) + "-to:" + mailbox_key(address), limit, kDay);
}

std::string part_text(const Work& work, const List& list, std::string_view name) {
  std::string body = render_text(work.site(), list.config().text(Setting::language), name, list_values(list)).body;
  while (body.ends_with('\n')) body.pop_back();
  return body;
}

TextValues list_values(const List& list) {
  return {{"list", list.name().name()},
          {"list_address", list.address()},
          {"owner_address", list.role_address("owner")},
          {"request_address", list.role_address("request")},
          {"unsubscribe_address", list.role_address("unsubscribe")}};
}

SentLetter send_letter(Work& work, const List& list, const Correspondence& correspondence) {
  if (correspondence.to.empty()) return {};
  TextValues values = list_values(list);
  for (const auto& [key, value] : correspondence.values) values.insert_or_assign(key, value);
  const RenderedText text =
      render_text(work.site(), list.config().text(Setting::language), correspondence.text_name, values);

  const std::string owner = list.role_address("owner");
  mail::Letter letter;
  letter.from = owner;
  letter.to = join_addresses(correspondence.to);
  letter.subject = text.subject;
  letter.reply_to = correspondence.reply_to.empty() ? owner : correspondence.reply_to;
  letter.message_id = work.next_message_id(list.name().domain());
  letter.in_reply_to = correspondence.in_reply_to;
  letter.text = text.body;
  letter.attachments = correspondence.attachments;
  letter.extra_fields = {{"List-Id", "<" + list.list_id() + ">"}};

  Outgoing outgoing;
  outgoing.list = list.address();
  outgoing.recipients = as_recipients(correspondence.to);
  outgoing.message_id = letter.message_id;
  outgoing.message = mail::compose(letter, work.now());
  outgoing.sender = correspondence.envelope_sender;
  outgoing.give_up = correspondence.give_up;
  return {letter.message_id, work.send(std::move(outgoing))};
}

std::string_view verb_of(MembershipChange change) {
  return change == MembershipChange::join ? "subscribe" : "unsubscribe";
}

std::string challenge_key(const ChallengedAction& action, const mail::Address& address) {
  const std::string option = action.option.empty() ? "" : ":" + action.option;
  return "challenge:" + action.verb + option + ":" + address.canonical();
}

Result<TokenLetter> write_token_letter(Work& work, const List& list, const ChallengedAction& action,
                                       const mail::Address& address, std::string_view server, UnixTime expires) {
  const auth::TokenGrant grant{list.address(), action.verb, address.canonical(), action.option};
  Result<FreshToken> fresh = unused_token(work, grant, expires);
  if (!fresh) return fresh.error();
  Correspondence letter;
  letter.text_name = "challenge_" + action.verb;
  letter.values = {{"address", address.text()},
                   {"option", action.option},
                   {"token", fresh->token},
                   {"server", std::string(server)},
                   {"expires", readable_time(fresh->expires)}};
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
                                        const mail::Address& address, std::string_view server) {
  Result<bool> open = work.state().has_seen(list.address(), challenge_key(action, address));
  if (!open) return open.error();
  if (*open) return ChallengeOutcome::already_open;
  Result<bool> allowed = may_challenge(work, list, address);
  if (!allowed) return allowed.error();
  if (!*allowed) return ChallengeOutcome::too_many;

  const UnixTime expires = work.now() + list.config().integer(Setting::token_hours) * kHour;
  Result<TokenLetter> letter = write_token_letter(work, list, action, address, server, expires);
  if (!letter) return letter.error();
  Status marked = work.state().mark_seen(list.address(), challenge_key(action, address), letter->expires);
  if (!marked) return marked.error();
  send_letter(work, list, letter->letter);
  return ChallengeOutcome::sent;
}

void ask_owner(Work& work, const List& list, MembershipChange change, const mail::Address& address,
               std::string_view requester, std::string_view server, bool confirmed) {
  Correspondence letter;
  letter.text_name = "approval_request";
  letter.values = {{"verb", std::string(verb_of(change))},
                   {"address", address.text()},
                   {"requester", std::string(requester)},
                   {"server", std::string(server)},
                   {"confirmed", confirmed ? part_text(work, list, "part_confirmed") : ""}};
  letter.to = list.moderators();
  letter.reply_to = std::string(server);
  send_letter(work, list, letter);
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

Status warn_of_pattern(Work& work, const List& list, std::string_view pattern) {
  Result<bool> first = work.count_within("pattern-warning:" + list.address(), 1, kDay);
  if (!first) return first.error();
  if (!*first) return {};
  Correspondence letter;
  letter.text_name = "pattern_warning";
  letter.values = {{"pattern", printable(pattern, kMaxShownPattern)}};
  letter.to = list.owners();
  send_letter(work, list, letter);
  return {};
}

void tell_owners_of_change(Work& work, const List& list, const std::vector<mail::Address>& owners,
                           std::string_view text_name, const std::string& requester) {
  std::string now;
  for (const mail::Address& owner : list.owners()) now += (now.empty() ? "" : ", ") + owner.text();
  Correspondence letter;
  letter.text_name = text_name;
  letter.values = {{"requester", requester}, {"owners", now}, {"postmaster", work.site().config().postmaster}};
  letter.to = owners;
  send_letter(work, list, letter);
}

Status warn_of_wrong_password(Work& work, const List& list, std::string_view requester) {
  Result<bool> first = work.count_within("password-warning:" + list.address(), 1, kDay);
  if (!first) return first.error();
  if (!*first) return {};
  Correspondence letter;
  letter.text_name = "password_warning";
  letter.values = {{"requester", std::string(requester)}};
  letter.to = list.owners();
  send_letter(work, list, letter);
  return {};
}

}  // namespace majlis::lists
