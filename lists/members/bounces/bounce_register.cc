#include "lists/members/bounces/bounce_register.h"

#include "lists/effects/letters.h"
#include "lists/effects/verp.h"
#include "lists/members/bounces/owner_report.h"
#include "lists/members/bounces/suspension.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;

std::string words_of(const BounceEvent& event, std::string_view verdict, std::string_view rule) {
  std::string words = " bounce=" + std::string(verdict);
  if (!rule.empty()) words += " rule=" + std::string(rule);
  if (!event.status.empty()) words += " status=" + event.status;
  return words + " blame=" + std::string(word_for(event.blame));
}

void tell(Work& work, const List& list, const store::Member& member, const BounceEvent& event, std::string_view verdict,
          std::string_view rule, std::uint32_t score) {
  const std::string address = member.address.canonical();
  work.note(address, "list=" + list.address() + words_of(event, verdict, rule));
  LogLine line("bounce");
  line.with("list", list.address()).with("to", address).with("verdict", verdict).with("rule", rule);
  line.with("status", event.status).with("blame", word_for(event.blame));
  if (verdict == "counted") line.with("score", static_cast<std::int64_t>(score));
  work.log_when_done(line);
}

Correspondence bounce_probe(const Work& work, const List& list, const store::BounceRecord& record) {
  Correspondence letter;
  letter.text_name = "bounce_probe";
  letter.values = {{"days", std::to_string(record.days)}, {"reason", reason_in_words(work, list, record)}};
  return letter;
}

// A tag knows the day and no more. So that what came back to one probe never speaks of another, none is given out
// twice: not to who came back within a day either, nor to who left and joined again.
Result<bool> spend_tag(Work& work, const List& list, const store::Member& member, const auth::VerpTag& tag) {
  const std::string mark = "probe:" + std::to_string(tag.day) + ":" + member.address.canonical();
  Result<bool> is_spent = work.state().has_seen(list.address(), mark);
  if (!is_spent || *is_spent) return is_spent ? Result<bool>(false) : is_spent;
  Status marked = work.state().mark_seen(list.address(), mark, work.now() + (auth::kVerpLife_days + 1) * kDay);
  return marked ? Result<bool>(true) : marked.error();
}

Status act_on_limit(Work& work, const List& list, const store::Member& member, store::BounceRecord& record) {
  const store::BounceRecord before = record;
  Result<Probing> probing = Probing::no_room;
  if (list.config().choice(Setting::bounce_processing) == "yes") {
    probing = send_probe(work, list, member, record, bounce_probe(work, list, record));
  }
  if (!probing) return probing.error();
  // Where it is tomorrow's turn the score stays: the next failure asks again.
  if (*probing == Probing::tomorrow) return {};
  const Reported what = *probing == Probing::sent ? Reported::probed : Reported::reached;
  return note_for_report(work.state(), list, what, before, work.now());
}

}  // namespace

Result<Probing> send_probe(Work& work, const List& list, const store::Member& member, store::BounceRecord& record,
                           Correspondence letter) {
  Result<store::References> references = work.state().references();
  if (!references) return references.error();
  const auth::VerpTag tag = tag_for(*references, auth::VerpKind::probe, member.address, auth::day_of(work.now()));
  const auto sender = sender_with_tag(work.site(), list.address(), list.role_address("bounces"), tag);
  if (!sender) return Probing::no_room;
  Result<bool> is_fresh = spend_tag(work, list, member, tag);
  if (!is_fresh) return is_fresh.error();
  if (!*is_fresh) return Probing::tomorrow;
  letter.values["address"] = member.address.text();
  letter.to = {member.address};
  letter.envelope_sender = *sender;
  record.probe_id = send_letter(work, list, letter).message_id;
  record.probed = work.now();
  record.score = 0;
  record.days = 0;
  work.log_when_done(
      LogLine("bounce").with("list", list.address()).with("to", member.address.canonical()).with("verdict", "probed"));
  work.note(member.address.canonical(), "probed list=" + list.address());
  return Probing::sent;
}

Result<std::string_view> register_failure(Work& work, const List& list, const store::Member& member,
                                          BounceEvent event) {
  event.member_since = member.joined;
  Result<std::optional<store::BounceRecord>> before = work.state().find_bounces(list.address(), member.address);
  if (!before) return before.error();
  BounceVerdict verdict = decide_bounce(list.config(), *before, event, work.now());
  tell(work, list, member, event, verdict.is_counted ? "counted" : "ignored",
       verdict.is_counted ? std::string_view() : verdict.rule, verdict.record.score);
  if (!verdict.is_counted) {
    if (verdict.rule != "message") return verdict.rule;
    Status noted = note_for_report(work.state(), list, Reported::message, member.address.text(), event.status,
                                   event.text, work.now());
    return noted ? Result<std::string_view>(verdict.rule) : noted.error();
  }
  store::BounceRecord& record = verdict.record;
  record.address = member.address.canonical();
  Status done = note_for_report(work.state(), list, Reported::bounced, record, work.now());
  tell_owner_at_once(work, list, OwnerNotice::counted, record);
  if (done && verdict.is_past_limit) done = act_on_limit(work, list, member, record);
  if (done) {
    done =
        work.state().put_bounces(list.address(), member.address, record, forget_bounces_after(list.config(), record));
  }
  return done ? Result<std::string_view>(verdict.rule) : done.error();
}

Result<std::string_view> register_failed_probe(Work& work, const List& list, const store::Member& member,
                                               store::BounceRecord record, const BounceEvent& event) {
  Status done;
  if (event.blame == mail::Blame::message) {
    // A plain letter was refused for what it is, or for whom it came from: the mailbox may be well.
    tell(work, list, member, event, "ignored", "probe_message", 0);
    record.probed = 0;
    record.probe_id.clear();
    done =
        work.state().put_bounces(list.address(), member.address, record, forget_bounces_after(list.config(), record));
    if (done) {
      done = note_for_report(work.state(), list, Reported::message, member.address.text(), event.status, event.text,
                             work.now());
    }
    return done ? Result<std::string_view>("probe_message") : done.error();
  }
  record.status = event.status;
  record.text = event.text;
  record.last = work.now();
  tell(work, list, member, event, "probe_failed", "", 0);
  done = suspend_member(work, list, member, std::move(record));
  return done ? Result<std::string_view>("probe_failed") : done.error();
}

}  // namespace majlis::lists
