#include "lists/effects/token_letter.h"

#include <algorithm>

#include "base/date_text.h"
#include "lists/effects/decide_lines.h"
#include "lists/effects/kept_request.h"
#include "lists/site/former_names.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kHour = 3600;
constexpr std::size_t kMaxLocalPartOctets = 64;  // RFC 5321 4.5.3.1.1
constexpr int kMaxTokenHoursAdded = 48;  // a token that was used lives on until it expires: take the next hour's

// ${confirm_line}, and ${confirm_lines}: the same, and how to send it where a mail program would break it.
void put_confirmation(TextValues& values, const Work& work, const List& list, const ChallengedAction& action,
                      const tongues::Dialect& dialect) {
  const std::optional<tongues::Verb> verb =
      action.verb == kConfirmPost ? tongues::Verb::confirm : tongues::verb_named(action.verb);
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

std::string challenge_key(const ChallengedAction& action, const mail::Address& address) {
  const std::string option = action.option.empty() ? "" : ":" + action.option;
  return "challenge:" + action.verb + option + ":" + address.canonical();
}

AnswerPlace answer_place_of(const List& list) { return {list.role_address("request"), &dialect_of(list)}; }

Result<std::string> token_name(const store::View& state, const std::string& list_address) {
  if (list_address.empty()) return std::string();
  Result<store::ChangeNumber> removed = state.removed_at(list_address);
  if (!removed) return removed.error();
  Result<store::ChangeNumber> named = state.named_at(list_address);
  if (!named) return named.error();
  return token_name_of(list_address, std::max(*removed, *named));
}

auth::TokenGrant grant_of(const std::string& list, const ChallengedAction& action, const mail::Address& address) {
  const std::string details = action.details.empty() ? "" : "\n" + action.details;
  return {list, action.verb, address.canonical(), action.option + details};
}

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

Result<TokenLetter> write_token_letter(Work& work, const List& list, const ChallengedAction& action,
                                       const mail::Address& address, const AnswerPlace& place, UnixTime expires) {
  Result<std::string> name = token_name(work.state(), list.address());
  if (!name) return name.error();
  Result<FreshToken> fresh = unused_token(work, grant_of(*name, action, address), expires);
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
  const bool is_in_subject = !fits || place.dialect->confirms_by_token;
  letter.values["subject_token"] =
      is_in_subject ? fill_in(place.dialect->subject_token, {{"token", fresh->token}}) : "";
  // What a line that confirms does not say, or a reply without that line cannot be tried for: names of the list's own.
  const bool is_open = !action.details.empty() || action.option.find(':') != std::string::npos;
  if (place.dialect->confirms_by_token || is_open) {
    const KeptRequest kept{list.address(), action.verb, action.option, action.details, address.text()};
    Status done = keep_request(work, fresh->token, kept, fresh->expires);
    if (!done) return done.error();
  }
  letter.values["reply_hint"] = render_text(work.site(), list.config().text(Setting::language), "part_reply_hint",
                                            {{"confirm_address", letter.reply_to}})
                                    .body;
  letter.to = {address};
  return TokenLetter{std::move(letter), std::move(*fresh)};
}

}  // namespace majlis::lists
