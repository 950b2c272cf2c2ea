#include "lists/bounces/bounce_register.h"

#include "lists/bounces/owner_report.h"
#include "lists/bounces/suspension.h"
#include "lists/bounces/verp.h"
#include "lists/letters.h"

namespace majlis::lists {
namespace {

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

Correspondence bounce_probe(const store::BounceRecord& record) {
  Correspondence letter;
  letter.text_name = "bounce_probe";
  letter.values = {{"days", std::to_string(record.days)},
                   {"reason", record.status + (record.status.empty() || record.text.empty() ? "" : " ") + record.text}};
  return letter;
}

Status act_on_limit(Work& work, const List& list, const store::Member& member, store::BounceRecord& record) {
  const bool is_probed = list.config().choice(Setting::bounce_processing) == "yes" &&
                         send_probe(work, list, member, record, bounce_probe(record));
  return note_for_report(work.state(), list, is_probed ? Reported::probed : Reported::reached, member.address.text(),
                         record.status, record.text, work.now());
}

}  // namespace

bool send_probe(Work& work, const List& list, const store::Member& member, store::BounceRecord& record,
                Correspondence letter) {
  const auth::VerpTag tag{auth::VerpKind::probe, store::reference_of(member.address), auth::day_of(work.now())};
  const auto sender = sender_with_tag(work.site(), list.address(), list.role_address("bounces"), tag);
  if (!sender) return false;
  letter.values["address"] = member.address.text();
  letter.to = {member.address};
  letter.envelope_sender = *sender;
  record.probe_id = send_letter(work, list, letter);
  record.probed = work.now();
  record.score = 0;
  record.days = 0;
  work.log_when_done(
      LogLine("bounce").with("list", list.address()).with("to", member.address.canonical()).with("verdict", "probed"));
  work.note(member.address.canonical(), "probed list=" + list.address());
  return true;
}

Result<std::string_view> register_failure(Work& work, const List& list, const store::Member& member,
                                          const BounceEvent& event) {
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
  Status done = note_for_report(work.state(), list, Reported::bounced, member.address.text(), event.status, event.text,
                                work.now());
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
