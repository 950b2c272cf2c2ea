#include "auth/token.h"
#include "base/text.h"
#include "commands/verbs/change_address.h"
#include "commands/verbs/consent.h"
#include "commands/verbs/header.h"
#include "commands/verbs/kept.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/members/consent_record.h"
#include "lists/posts/held/author_release.h"
#include "lists/site/former_names.h"

namespace majlis::commands {
namespace {

using lists::MembershipChange;

// Wrong, expired, foreign and used tokens get the same words.
void refuse(Desk& desk) { desk.say(Reply::token_refused, {{"command", desk.word_of(Verb::auth)}}); }

bool takes_token(Verb verb) {
  return verb == Verb::subscribe || verb == Verb::unsubscribe || verb == Verb::set || verb == Verb::confirm;
}

Status release_posts(Desk& desk, const lists::List& list, const mail::Address& author) {
  Result<lists::Released> released = lists::release_posts(
      desk.work(), list, author, [&](std::string_view id) { return desk.approvals().take(list, id); });
  if (!released) return released.error();
  const lists::TextValues values = {{"list", list.name().name()}};
  if (released->sent > 0) desk.say(Reply::posts_sent, values);
  if (released->to_moderators > 0) desk.say(Reply::posts_wait, values);
  if (released->sent + released->to_moderators == 0) desk.say(Reply::no_post_waits, values);
  return {};
}

Status carry_out(Desk& desk, const lists::List& list, const Confirmed& confirmed, const mail::Mailbox& person) {
  constexpr auth::Proof kProof = auth::Proof::address_token;
  if (confirmed.what == Confirmed::What::posts) return release_posts(desk, list, person.address);
  if (confirmed.verb == Verb::set) return change_options(desk, list, confirmed.options, person.address, kProof);
  if (confirmed.verb == Verb::confirm) return renew_membership(desk, list, person.address, kProof);
  const auto change = confirmed.verb == Verb::subscribe ? MembershipChange::join : MembershipChange::leave;
  return change_membership(desk, list, change, person, kProof, confirmed.join_as);
}

// The same, and of who joins by it that it agreed.
Status carry_out_agreed(Desk& desk, const lists::List& list, const Confirmed& confirmed, const mail::Mailbox& person,
                        const auth::ValidToken& token) {
  Status done = carry_out(desk, list, confirmed, person);
  if (!done || confirmed.what != Confirmed::What::membership || confirmed.verb != Verb::subscribe) return done;
  return lists::record_consent(desk.work(), list, person.address, token.canonical, desk.requester());
}

// nullopt: wrong, expired or used. `list`: its lists::token_name().
Result<std::optional<auth::ValidToken>> find_unused(Desk& desk, const std::string& list, const Confirmed& confirmed,
                                                    const mail::Mailbox& person, std::string_view token) {
  const lists::ChallengedAction action = action_of(confirmed);
  const auth::TokenGrant grant = lists::grant_of(list, action, person.address);
  auto valid = lists::check_token(desk.work().site(), token, grant, desk.work().now());
  if (!valid) return std::optional<auth::ValidToken>();
  Result<bool> used = desk.work().state().is_token_used(valid->canonical);
  if (!used) return used.error();
  return *used ? std::optional<auth::ValidToken>() : std::move(valid);
}

Status use(Desk& desk, const lists::List& list, const Confirmed& confirmed, const mail::Mailbox& person,
           const auth::ValidToken& token) {
  Status marked = desk.work().state().mark_token_used(token.canonical, token.expires);
  if (!marked) return marked;
  desk.note_right_token();
  return carry_out_agreed(desk, list, confirmed, person, token);
}

// What counts in its place.
void refuse_reply(Desk& desk, const lists::List* list, Consent consent) {
  Reply reply = Reply::reply_has_other_subject;
  if (consent == Consent::refused) reply = Reply::reply_refuses;
  if (consent == Consent::unclear) reply = Reply::reply_is_unclear;
  desk.say(reply, {{"command", desk.word_of(Verb::auth)},
                   {"request_address", list != nullptr ? list->role_address("request") : desk.server()}});
}

// Else what counts in its place is said.
bool consents(Desk& desk, const lists::List& list, const Confirmed& confirmed, const mail::Mailbox& person,
              const Request& request) {
  const Consent consent =
      consent_in(*request.reply, desk.work().site(), list, confirmed, person.address, request.arguments.front());
  if (consent == Consent::given) return true;
  refuse_reply(desk, &list, consent);
  return false;
}

Status carry_out_kept(Desk& desk, const KeptConfirmation& kept);

// What is done from here on is another command than the line at hand.
void begin_kept(Desk& desk, std::string_view shown) {
  desk.set_shown_line(std::string(shown));
  desk.answer_another(shown);
}

// One after the other, each as its own token would do it; what was confirmed meanwhile is left out.
Status carry_out_several(Desk& desk, const KeptConfirmation& several) {
  std::string_view rest = several.kept.details;
  while (const auto line = next_line(rest)) {
    const std::size_t blank = line->find(' ');
    Result<std::optional<KeptConfirmation>> kept = find_kept(desk, line->substr(0, blank));
    if (!kept) return kept.error();
    if (!*kept || (*kept)->confirmed.what == Confirmed::What::several) continue;
    begin_kept(desk, line->substr(blank + 1));
    Status done = carry_out_kept(desk, **kept);
    if (!done) return done;
  }
  return {};
}

Status carry_out_kept(Desk& desk, const KeptConfirmation& kept) {
  if (kept.list != nullptr) desk.speak_of(*kept.list);
  Status marked = desk.work().state().mark_token_used(kept.token.canonical, kept.token.expires);
  if (!marked) return marked;
  desk.note_right_token();
  switch (kept.confirmed.what) {
    case Confirmed::What::password: return put_personal_password(desk, kept.kept.details);
    case Confirmed::What::header: return put_confirmed_header(desk, *kept.list, kept.kept);
    case Confirmed::What::command: return carry_out_kept_command(desk, kept.kept.details);
    case Confirmed::What::change: return agree_to_change(desk, kept.list, kept.kept.option);
    case Confirmed::What::several: return carry_out_several(desk, kept);
    case Confirmed::What::membership:
    case Confirmed::What::posts: return carry_out_agreed(desk, *kept.list, kept.confirmed, kept.person, kept.token);
  }
  return {};
}

Status use_kept(Desk& desk, const KeptConfirmation& kept, const Request& request) {
  if (kept.list != nullptr) desk.speak_of(*kept.list);
  if (request.reply) {
    const Consent consent =
        consent_in(*request.reply, subjects_of(desk, kept, request.arguments.front()), kept.confirmed.verb);
    if (consent != Consent::given) {
      refuse_reply(desk, kept.list, consent);
      return {};
    }
  }
  if (kept.confirmed.what == Confirmed::What::command) begin_kept(desk, kept.kept.option);
  return carry_out_kept(desk, kept);
}

// In a tongue whose lines name no list, a code is good where it was asked for.
bool is_of_this_list(const Desk& desk, const KeptConfirmation& kept) {
  const std::optional<lists::ListName>& written_to = desk.default_list();
  if (desk.tongue().dialect->names_lists || !written_to || kept.list == nullptr) return true;
  return kept.list->address() == written_to->address();
}

// Whether the line, as far as it says what it confirms, means what is kept.
bool is_meant(const Request& request, const KeptConfirmation& kept) {
  return request.inner.empty() || tongues::name_of(request.inner.front().verb) == kept.kept.verb;
}

// TOKEN and the command that it was mailed for.
Status confirm_command(Desk& desk, const Request& request) {
  const Request& inner = request.inner.front();
  if (!takes_token(inner.verb)) {
    refuse(desk);
    return {};
  }
  Result<Target> target = desk.find_target(inner);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  Confirmed confirmed{inner.verb};
  if (inner.verb == Verb::set) {
    confirmed.options = lists::take_options(*target->list, target->rest);
    if (confirmed.options.empty()) {
      refuse(desk);
      return {};
    }
  }
  const std::optional<mail::Mailbox> person = person_in(desk, inner, target->rest);
  if (!person) return {};
  Result<std::string> name = lists::token_name(desk.work().state(), target->list->address());
  if (!name) return name.error();
  Result<std::optional<auth::ValidToken>> token = find_unused(desk, *name, confirmed, *person, request.arguments[0]);
  if (token && !*token && inner.verb == Verb::confirm) {
    confirmed.what = Confirmed::What::posts;
    token = find_unused(desk, *name, confirmed, *person, request.arguments[0]);
  }
  if (!token) return token.error();
  const bool is_own = person->address == desk.requester();
  if (*token) return use(desk, *target->list, confirmed, is_own ? desk.requester_with_name() : *person, **token);
  refuse(desk);
  return {};
}

}  // namespace

// auth TOKEN, and whatever it stands for (kept.h);
// auth TOKEN subscribe|unsubscribe|confirm [LIST] [ADDRESS], auth TOKEN set [LIST] OPTION... [ADDRESS]
// auth TOKEN at LIST-request: as LIST-confirm+TOKEN.
Status auth_token(Desk& desk, const Request& request) {
  if (!request.arguments.empty()) {
    Result<std::optional<KeptConfirmation>> kept = find_kept(desk, request.arguments.front());
    if (!kept) return kept.error();
    if (*kept && !is_of_this_list(desk, **kept)) {
      refuse(desk);
      return {};
    }
    if (*kept && is_meant(request, **kept)) return use_kept(desk, **kept, request);
  }
  if (request.arguments.size() == 1 && request.inner.empty() && desk.default_list()) {
    Result<const lists::List*> list = desk.open_list(*desk.default_list());
    return list ? confirm(desk, **list, request) : Status(list.error());
  }
  if (request.inner.empty() && desk.tongue().dialect->confirms_by_token && !request.arguments.empty()) {
    refuse(desk);
    return {};
  }
  if (request.inner.empty()) {
    const bool is_code = desk.tongue().dialect->confirms_by_token;
    desk.say(is_code ? Reply::code_needed : Reply::token_needed, {{"command", request.word}});
    return {};
  }
  return confirm_command(desk, request);
}

// The token alone is about the one who writes.
Status confirm(Desk& desk, const lists::List& list, const Request& request) {
  Result<std::optional<KeptConfirmation>> kept = find_kept(desk, request.arguments.front());
  if (!kept) return kept.error();
  if (*kept && (*kept)->list != nullptr && (*kept)->list->address() != list.address()) {
    refuse(desk);
    return {};
  }
  if (*kept) return use_kept(desk, **kept, request);
  Result<std::string> name = lists::token_name(desk.work().state(), list.address());
  if (!name) return name.error();
  const mail::Mailbox& person = desk.requester_with_name();
  for (const Confirmed& confirmed : all_confirmed()) {
    Result<std::optional<auth::ValidToken>> token =
        find_unused(desk, *name, confirmed, person, request.arguments.front());
    if (!token) return token.error();
    if (!*token) continue;
    if (request.reply && !consents(desk, list, confirmed, person, request)) return {};
    return use(desk, list, confirmed, person, **token);
  }
  refuse(desk);
  return {};
}

}  // namespace majlis::commands
