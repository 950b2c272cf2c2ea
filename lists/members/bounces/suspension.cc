#include "lists/members/bounces/suspension.h"

#include <algorithm>
#include <array>

#include "lists/members/bounces/bounce_policy.h"
#include "lists/members/bounces/failure_words.h"
#include "lists/members/bounces/owner_report.h"
#include "lists/members/challenges.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;

struct NoticeRow {
  OwnerNotice what;
  Setting setting;
  const char* text;
};
constexpr std::array kNotices = {
    NoticeRow{OwnerNotice::counted, Setting::bounce_tell_counted, "notice_bounce"},
    NoticeRow{OwnerNotice::suspended, Setting::bounce_tell_suspended, "notice_suspended"},
    NoticeRow{OwnerNotice::removed, Setting::bounce_tell_removed, "notice_removed"},
};

LogLine line_about(const List& list, const store::Member& member, std::string_view verdict) {
  return LogLine("bounce").with("list", list.address()).with("to", member.address.canonical()).with("verdict", verdict);
}

Status remove_unreachable(Work& work, const List& list, const store::Member& member,
                          const store::BounceRecord& record) {
  Result<bool> removed = work.state().remove_member(list.address(), member.address);
  if (!removed) return removed.error();
  Correspondence letter;
  letter.text_name = "bounce_removed";
  letter.values = {{"address", member.address.text()}, {"reason", reason_in_words(work, list, record)}};
  letter.to = {member.address};
  send_letter(work, list, letter);
  work.note(member.address.canonical(), "removed list=" + list.address() + " by=bounces");
  work.log_when_done(line_about(list, member, "removed").with("status", record.status));
  tell_owner_at_once(work, list, OwnerNotice::removed, record);
  return note_for_report(work.state(), list, Reported::removed, member.address.text(), record.status, record.text,
                         work.now());
}

// The letter holds a token: an answer to it is enough to come back. The next one is due when it has expired.
Status send_bounce_letter(Work& work, const List& list, const store::Member& member, store::BounceRecord& record) {
  const UnixTime next = work.now() + list.config().integer(Setting::bounce_warning_days) * kDay;
  Result<TokenLetter> letter =
      write_token_letter(work, list, {"set", "mail"}, member.address, answer_place_of(list), next);
  if (!letter) return letter.error();
  if (record.notices_left > 0) --record.notices_left;
  letter->letter.text_name = "suspended";
  letter->letter.values["reason"] = reason_in_words(work, list, record);
  letter->letter.values["letters"] = std::to_string(record.notices_left);
  const std::string days = std::to_string(list.config().integer(Setting::bounce_warning_days));
  letter->letter.values["removal"] =
      render_text(
          work.site(), list.config().text(Setting::language),
          record.notices_left > 0 ? "part_removal_later" : "part_removal_next",
          {{"letters", std::to_string(record.notices_left)}, {"days", days}, {"day", iso8601(next).substr(0, 10)}})
          .body;
  send_letter(work, list, letter->letter);
  store::DueItem item;
  item.kind = kBounceLetter;
  item.list = list.address();
  item.id = member.address.canonical();
  item.due = next;
  Status done = work.state().schedule(item, work.now());
  if (!done) return done;
  return work.state().put_bounces(list.address(), member.address, record, forget_bounces_after(list.config(), record));
}

}  // namespace

std::string reason_in_words(const Work& work, const List& list, const store::BounceRecord& record) {
  std::string words = failure_words(record.status, record.text);
  return words.empty() ? part_text(work, list, "part_no_reason") : words;
}

Status suspend_member(Work& work, const List& list, const store::Member& member, store::BounceRecord record) {
  record.address = member.address.canonical();
  record.suspended = work.now();
  record.probed = 0;
  record.probe_id.clear();
  record.notices_left = static_cast<std::uint32_t>(list.config().integer(Setting::bounce_warnings));
  if (record.notices_left == 0) return remove_unreachable(work, list, member, record);
  Result<bool> set =
      work.state().set_member_flags(list.address(), member.address, member.flags | store::kMemberSuspended);
  if (!set) return set.error();
  work.note(record.address, "suspended list=" + list.address() + " status=" + record.status);
  work.log_when_done(line_about(list, member, "suspended").with("status", record.status));
  tell_owner_at_once(work, list, OwnerNotice::suspended, record);
  Status done = note_for_report(work.state(), list, Reported::suspended, member.address.text(), record.status,
                                record.text, work.now());
  return done ? send_bounce_letter(work, list, member, record) : done;
}

Status remind_suspended_member(Work& work, const List& list, const store::DueItem& item) {
  const auto address = mail::Address::parse(item.id);
  if (!address) return {};
  Result<std::optional<store::Member>> member = work.state().find_member(list.address(), *address);
  if (!member) return member.error();
  if (!*member || ((*member)->flags & store::kMemberSuspended) == 0) return {};
  Result<std::optional<store::BounceRecord>> record = work.state().find_bounces(list.address(), *address);
  if (!record) return record.error();
  if (!*record) return {};  // suspended by somebody else than us: nobody is removed for that
  if ((*record)->notices_left == 0) return remove_unreachable(work, list, **member, **record);
  work.log_when_done(line_about(list, **member, "reminded"));
  return send_bounce_letter(work, list, **member, **record);
}

Status resume_delivery(store::Writer& state, const List& list, const store::Member& member, std::string_view by,
                       UnixTime now) {
  const bool is_suspended = (member.flags & store::kMemberSuspended) != 0;
  Result<std::optional<store::BounceRecord>> record = state.find_bounces(list.address(), member.address);
  if (!record) return record.error();
  if (!is_suspended && (!*record || is_clean(**record))) return {};
  const store::BounceRecord clean = clean_record(member.address, now);
  Status done = state.put_bounces(list.address(), member.address, clean, forget_bounces_after(list.config(), clean));
  if (done) {
    const std::string verb = is_suspended ? "resumed" : "bounces_forgotten";
    const std::string text = verb + " list=" + list.address() + " by=" + std::string(by);
    done = state.add_trace({now, clean.address, text}, now + kTraceLife);
  }
  if (!done || !is_suspended) return done;
  Result<bool> set =
      state.set_member_flags(list.address(), member.address, member.flags & ~std::uint32_t{store::kMemberSuspended});
  if (!set) return set.error();
  Result<bool> unscheduled = state.unschedule(kBounceLetter, list.address(), clean.address);
  if (!unscheduled) return unscheduled.error();
  return note_for_report(state, list, Reported::returned, member.address.text(), "", "", now);
}

void tell_owner_at_once(Work& work, const List& list, OwnerNotice what, const store::BounceRecord& record) {
  const auto row =
      std::find_if(kNotices.begin(), kNotices.end(), [&](const NoticeRow& each) { return each.what == what; });
  if (!list.config().is_on(row->setting)) return;
  Correspondence letter;
  letter.text_name = row->text;
  letter.values = {{"address", record.address},
                   {"reason", reason_in_words(work, list, record)},
                   {"days", std::to_string(record.days)}};
  letter.to = list.owners();
  send_letter(work, list, letter);
}

}  // namespace majlis::lists
