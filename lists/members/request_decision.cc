#include "lists/members/request_decision.h"

#include "base/text.h"
#include "lists/effects/letters.h"
#include "lists/effects/new_member.h"
#include "lists/site/reasons.h"

namespace majlis::lists {
namespace {

void tell_refusal(Work& work, const List& list, const store::PendingItem& item, const MembershipRequest& request,
                  std::string_view reason) {
  Correspondence letter;
  letter.text_name = "rejected_request";
  letter.values = values_of(list, item, request);
  letter.values["reason"] = told_reason(work.site(), list.config().text(Setting::language), reason);
  letter.to = {request.who.address};
  send_letter(work, list, letter);
}

Status close_request(Work& work, const store::PendingItem& item, const Ruling& ruling) {
  Status removed = remove_pending(work, item);
  if (!removed) return removed;
  // The address joined or left in another way, by the password say.
  const bool is_moot = ruling.settlement == Settlement::superseded;
  const auto [verdict, rule] = is_moot ? SettlementWords{"superseded", "membership"} : words_for(ruling.settlement);
  note_ruling(work, item, ruling);
  work.note(item.address, item.kind + " list=" + item.list + " verdict=" + std::string(verdict) +
                              " rule=" + std::string(rule) + by_words(ruling.by));
  work.log_when_done(LogLine("request")
                         .with("list", item.list)
                         .with("kind", item.kind)
                         .with("address", item.address)
                         .with("verdict", verdict)
                         .with("rule", rule)
                         .with("by", ruling.by));
  return {};
}

// `follows`: the notice of the request that asked for it, "" = none did.
Status carry_out(Work& work, const List& list, MembershipChange change, const mail::Mailbox& who, const JoinAs& as,
                 Told told, std::string follows) {
  const ChallengedAction action{std::string(verb_of(change)), ""};
  Status done = forget_challenge(work, list, action, who.address);
  if (!done) return done;
  if (change == MembershipChange::join) {
    store::Member member{who.address, who.display, as.flags_from(flags_of_new_member(list.config())), work.now(), 0};
    if (list.config().is_on(Setting::strip) && !as.keeps_name) member.display.clear();
    Result<bool> added = work.state().add_member(list.address(), member);
    if (!added) return added.error();
  } else {
    Result<bool> removed = work.state().remove_member(list.address(), who.address);
    if (!removed) return removed.error();
  }
  work.note(who.address.canonical(), action.verb + " list=" + list.address());
  // What was asked for has come about, or is no longer meant.
  for (const std::string_view kind : {kPendingJoin, kPendingLeave}) {
    Result<std::optional<store::PendingItem>> waiting =
        work.state().find_pending_about(list.address(), kind, who.address.canonical());
    if (!waiting) return waiting.error();
    if (!*waiting) continue;
    done = close_request(work, **waiting, {.settlement = Settlement::superseded});
    if (!done) return done;
    if (kind == kind_of(change)) follows = notice_message_id(list, (*waiting)->id);
  }
  return announce_change(work, list, change, who.address, told, follows);
}

// How it agreed, and who let it in.
Status keep_consent(Work& work, const List& list, const MembershipRequest& request, const Ruling& ruling) {
  if (!request.agreed) return {};
  store::Consent consent = *request.agreed;
  consent.approved = work.now();
  consent.approved_by = ruling.by;
  return work.state().put_consent(list.address(), request.who.address, consent);
}

}  // namespace

Status change_member(Work& work, const List& list, MembershipChange change, const mail::Mailbox& who, const JoinAs& as,
                     Told told) {
  return carry_out(work, list, change, who, as, told, "");
}

Status settle_request(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling) {
  Result<MembershipRequest> request = read_request(item);
  if (!request) return request.error();
  Result<std::optional<store::Member>> member = work.state().find_member(list.address(), request->who.address);
  if (!member) return member.error();
  const bool has_come_about = member->has_value() == (request->change == MembershipChange::join);
  const bool is_moot = has_come_about && ruling.settlement != Settlement::expire;
  const Ruling carried_out = is_moot ? Ruling{.settlement = Settlement::superseded} : ruling;
  Status done = close_request(work, item, carried_out);
  if (!done) return done;
  if (carried_out.settlement == Settlement::approve) {
    done = carry_out(work, list, request->change, request->who, request->as, Told::as_set,
                     notice_message_id(list, item.id));
    return done ? keep_consent(work, list, *request, ruling) : done;
  }
  if (carried_out.settlement == Settlement::reject) tell_refusal(work, list, item, *request, ruling.reason);
  return {};
}

}  // namespace majlis::lists
