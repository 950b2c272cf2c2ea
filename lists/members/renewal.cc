#include "lists/members/renewal.h"

#include <algorithm>

#include "auth/verp_tag.h"
#include "base/text.h"
#include "lists/effects/verp.h"
#include "lists/members/bounces/bounce_policy.h"
#include "lists/members/bounces/bounce_register.h"
#include "lists/members/bounces/owner_report.h"
#include "lists/members/challenges.h"
#include "lists/site/config/renewal_rule.h"
#include "spool/queue.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kLettersAtOnce = 100;
constexpr std::size_t kPagesAtOnce = 100;  // of as many members as letters may still leave
constexpr UnixTime kLettersPerDay = 5;     // at least
// While the clock is doubted nobody is removed, and an answer that waited in an MTA counts.
constexpr UnixTime kGrace_s = 3 * kDay;

std::string day_of(UnixTime time) { return iso8601(time).substr(0, 10); }

// A post is no renewal: anybody can write one in the member's name.
UnixTime renewed_at(const store::Member& member) { return member.renewed != 0 ? member.renewed : member.joined; }

// What an end knows of its question; without a job: the letter did not arrive.
struct Question {
  std::string renewed;  // of the subscription it asks about
  UnixTime asked = 0;
  std::string job;
};

Question question_of(const store::DueItem& end) {
  const std::vector<std::string_view> words = split_words(end.value);
  Question question;
  if (!words.empty()) question.renewed = words[0];
  const auto asked = words.size() == 3 ? parse_number(words[1]) : std::nullopt;
  if (!asked) return question;
  question.asked = static_cast<UnixTime>(*asked);
  question.job = words[2];
  return question;
}

// Who left and came back has another subscription, which nobody asked about.
bool is_about(const Question& question, const store::Member& member) {
  return question.renewed == std::to_string(renewed_at(member));
}

UnixTime delay_of(const List& list) { return list.config().integer(Setting::renewal_delay_days) * kDay; }

// The letter names a day; the end comes when that day is over (UTC).
UnixTime end_of_day(UnixTime time) { return (time / kDay + 1) * kDay; }

bool is_over(const RenewalRule& rule, const store::Member& member, UnixTime now) {
  const std::optional<UnixTime> end = end_of_subscription(rule, renewed_at(member));
  return end && *end <= now;
}

bool is_exempt(const store::Member& member) {
  return (member.flags & (store::kMemberSuspended | store::kMemberNoRenew | store::kMemberAlias)) != 0;
}

LogLine line_about(const List& list, const store::Member& member, std::string_view verdict) {
  return LogLine("renewal")
      .with("list", list.address())
      .with("to", member.address.canonical())
      .with("verdict", verdict);
}

store::DueItem next_look(const store::DueItem& item, std::string cursor, UnixTime due) {
  store::DueItem next;
  next.kind = kRenewal;
  next.list = item.list;
  next.due = due;
  next.value = std::move(cursor);
  return next;
}

// One look at one list: what its settings say, and how much it may still do.
struct Look {
  const List* list;
  RenewalRule rule;
  std::uint32_t letters_per_day = 0;
  std::size_t letters = 0;
  bool is_day_full = false;
};

// When the setting is new the whole list may be due: over so many days it is asked.
Result<std::uint32_t> letters_per_day(Work& work, const List& list, const RenewalRule& rule) {
  Result<std::uint64_t> members = work.state().count_members(list.address());
  if (!members) return members.error();
  const UnixTime days =
      std::min<UnixTime>(list.config().integer(Setting::renewal_delay_days), shortest_period_days(rule));
  const UnixTime share = (static_cast<UnixTime>(*members) + days - 1) / days;
  return static_cast<std::uint32_t>(std::clamp<UnixTime>(share, kLettersPerDay, UINT32_MAX));
}

// Whether one more letter may leave; counts it then.
Result<bool> may_write(Work& work, Look& look, const mail::Address& address) {
  Result<bool> within = is_within_share(work, kRenewal, address);
  if (!within || !*within) return within;
  within = work.count_within("renewal-by:" + look.list->address(), look.letters_per_day, kDay);
  if (!within) return within;
  look.is_day_full = !*within;
  if (*within) ++look.letters;
  return within;
}

// The letter's own, so that what comes back is known to be this member's; null where nobody reads what comes back.
Result<std::string> return_address(Work& work, const List& list, const store::Member& member) {
  if (list.config().choice(Setting::bounce_processing) == "no") return std::string();
  Result<store::References> references = work.state().references();
  if (!references) return references.error();
  const auth::VerpTag tag = tag_for(*references, auth::VerpKind::post, member.address, auth::day_of(work.now()));
  return sender_with_tag(work.site(), list.address(), list.role_address("bounces"), tag).value_or("");
}

Status ask(Work& work, Look& look, const store::Member& member) {
  const List& list = *look.list;
  const std::string address = member.address.canonical();
  Result<std::optional<store::DueItem>> asked = work.state().find_due_item(kRenewalEnd, list.address(), address);
  if (!asked) return asked.error();
  if (*asked && is_about(question_of(**asked), member)) return {};
  Result<bool> may = may_write(work, look, member.address);
  if (!may || !*may) return may ? Status() : may.error();
  store::DueItem end;
  end.kind = kRenewalEnd;
  end.list = list.address();
  end.id = address;
  const UnixTime until = work.now() + delay_of(list);
  end.due = end_of_day(until);
  Result<TokenLetter> letter =
      write_token_letter(work, list, {"confirm", ""}, member.address, answer_place_of(list), end.due + kGrace_s);
  if (!letter) return letter.error();
  letter->letter.text_name = "renewal";
  letter->letter.values["since"] = day_of(renewed_at(member));
  letter->letter.values["until"] = day_of(until);
  letter->letter.values["confirm_address"] = letter->letter.reply_to;
  Result<std::string> sender = return_address(work, list, member);
  if (!sender) return sender.error();
  letter->letter.envelope_sender = std::move(*sender);
  // Whoever gets it late has half the time at least.
  letter->letter.give_up = work.now() + delay_of(list) / 2;
  const SentLetter sent = send_letter(work, list, letter->letter);
  end.value = std::to_string(renewed_at(member)) + " " + std::to_string(work.now()) + " " + sent.job;
  work.log_when_done(line_about(list, member, "asked"));
  work.note(address, "asked to renew list=" + list.address());
  return work.state().schedule(end, work.now());
}

// The letter is all there is to it: its period begins at once.
Status probe(Work& work, Look& look, const store::Member& member) {
  const List& list = *look.list;
  Result<std::optional<store::BounceRecord>> found = work.state().find_bounces(list.address(), member.address);
  if (!found) return found.error();
  store::BounceRecord record = found->value_or(store::BounceRecord());
  if (record.probed != 0 && work.now() < record.probed + kProbeWait_s) return {};  // one is out
  Result<bool> may = may_write(work, look, member.address);
  if (!may || !*may) return may ? Status() : may.error();
  record.address = member.address.canonical();
  Correspondence letter;
  letter.text_name = "renewal_probe";
  letter.language = member.language;
  Result<Probing> probing = send_probe(work, list, member, record, std::move(letter));
  if (!probing) return probing.error();
  if (*probing == Probing::tomorrow) return {};
  const bool is_sent = *probing == Probing::sent;
  work.log_when_done(line_about(list, member, is_sent ? "probed" : "no_room_for_a_tag"));
  Result<bool> renewed = work.state().set_member_renewed(list.address(), member.address, work.now());
  if (!renewed) return renewed.error();
  if (!is_sent) return {};
  return work.state().put_bounces(list.address(), member.address, record, forget_bounces_after(list.config(), record));
}

Status look_at_page(Work& work, Look& look, const std::vector<store::Member>& members) {
  for (const store::Member& member : members) {
    if (is_exempt(member)) continue;
    if (!is_over(look.rule, member, work.now())) continue;
    Status done = look.rule.is_probe ? probe(work, look, member) : ask(work, look, member);
    if (!done || look.is_day_full) return done;
  }
  return {};
}

// Nobody goes for silence who was not asked; nor is the member asked day by day what does not reach it.
Status void_question(Work& work, const List& list, const store::Member& member, std::string_view why) {
  store::DueItem rest;
  rest.kind = kRenewalEnd;
  rest.list = list.address();
  rest.id = member.address.canonical();
  rest.due = work.now() + delay_of(list);
  rest.value = std::to_string(renewed_at(member));
  work.log_when_done(line_about(list, member, "not_asked").with("why", why));
  work.note(rest.id, "the letter that asked to renew did not arrive list=" + list.address());
  return work.state().schedule(rest, work.now());
}

// What the member was asked and has not answered.
Result<std::optional<Question>> open_question(Work& work, const List& list, const store::Member& member) {
  Result<std::optional<store::DueItem>> end =
      work.state().find_due_item(kRenewalEnd, list.address(), member.address.canonical());
  if (!end) return end.error();
  if (!*end) return std::optional<Question>();
  Question question = question_of(**end);
  const bool is_open = !question.job.empty() && is_about(question, member);
  return is_open ? std::optional(std::move(question)) : std::nullopt;
}

Status remove_unrenewed(Work& work, const List& list, const store::Member& member) {
  Result<bool> removed = work.state().remove_member(list.address(), member.address);
  if (!removed) return removed.error();
  Correspondence letter;
  letter.text_name = "renewal_removed";
  letter.language = member.language;
  letter.values = {{"address", member.address.text()}};
  letter.to = {member.address};
  send_letter(work, list, letter);
  work.note(member.address.canonical(), "removed list=" + list.address() + " by=renewal");
  work.log_when_done(line_about(list, member, "removed"));
  return note_for_report(work.state(), list, Reported::unrenewed, member.address.text(), "", "", work.now());
}

}  // namespace

RenewalWish renewal_wish(std::string_view list, const ListConfig& config) {
  return {std::string(list), config.is_set(Setting::renewal)};
}

Status heed_renewal_wish(store::Writer& state, const RenewalWish& wish, UnixTime now) {
  if (!wish.is_on) {
    Result<bool> gone = state.unschedule(kRenewal, wish.list, "");
    return gone ? state.unschedule_kind(kRenewalEnd, wish.list) : Status(gone.error());
  }
  Result<std::optional<store::DueItem>> there = state.find_due_item(kRenewal, wish.list, "");
  if (!there) return there.error();
  if (*there) return {};
  store::DueItem item;
  item.kind = kRenewal;
  item.list = wish.list;
  item.due = now;
  return state.schedule(item, now);
}

Status heed_renewal_wishes(const Site& site, const std::vector<RenewalWish>& wishes, UnixTime now) {
  if (wishes.empty()) return {};
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  for (const RenewalWish& wish : wishes) {
    Status done = heed_renewal_wish(**state, wish, now);
    if (!done) return done;
  }
  return (*state)->commit();
}

Status renew_subscription(store::Writer& state, const List& list, const store::Member& member, UnixTime now) {
  Result<bool> renewed = state.set_member_renewed(list.address(), member.address, now);
  if (!renewed) return renewed.error();
  Result<bool> unscheduled = state.unschedule(kRenewalEnd, list.address(), member.address.canonical());
  if (!unscheduled) return unscheduled.error();
  const std::string text = "renewed list=" + list.address();
  return state.add_trace({now, member.address.canonical(), text}, now + kTraceLife);
}

Status ask_for_renewals(Work& work, const List& list, const store::DueItem& item) {
  Look look{&list, read_renewal(list.config().text(Setting::renewal)), 0, 0, false};
  if (look.rule.steps.empty()) return {};  // switched off
  const UnixTime tomorrow = work.now() + kDay;
  if (look.rule.is_probe && list.config().choice(Setting::bounce_processing) != "yes") {
    return work.state().schedule(next_look(item, "", tomorrow), work.now());
  }
  Result<std::uint32_t> most = letters_per_day(work, list, look.rule);
  if (!most) return most.error();
  look.letters_per_day = *most;
  std::string cursor = item.value;
  for (std::size_t pages = 0; pages < kPagesAtOnce && look.letters < kLettersAtOnce; ++pages) {
    Result<store::WalkPage> page = work.state().walk_members(list.address(), cursor, kLettersAtOnce - look.letters);
    if (!page) return page.error();
    Status done = look_at_page(work, look, page->members);
    if (!done) return done;
    cursor = std::move(page->cursor);
    const bool is_over = cursor.empty() || look.is_day_full;
    if (is_over) return work.state().schedule(next_look(item, "", tomorrow), work.now());
  }
  return work.state().schedule(next_look(item, std::move(cursor), work.now()), work.now());
}

Status end_unrenewed(Work& work, const List& list, const store::DueItem& item) {
  const auto address = mail::Address::parse(item.id);
  const RenewalRule rule = read_renewal(list.config().text(Setting::renewal));
  if (!address || rule.steps.empty() || rule.is_probe) return {};
  Result<std::optional<store::Member>> member = work.state().find_member(list.address(), *address);
  if (!member) return member.error();
  if (!*member || is_exempt(**member)) return {};
  const Question question = question_of(item);
  if (question.job.empty() || !is_about(question, **member) || !is_over(rule, **member, work.now())) return {};
  Result<std::optional<spool::Folder>> letter = spool::find_job(work.site().spool(), question.job);
  if (!letter) return letter.error();
  if (!*letter) return remove_unrenewed(work, list, **member);
  if (**letter == spool::Folder::in_bad) return void_question(work, list, **member, "set_aside");
  // No run has tried to the end yet; the letter may still arrive.
  store::DueItem later = item;
  later.due = end_of_day(work.now() + delay_of(list));
  work.log_when_done(line_about(list, **member, "put_off"));
  return work.state().schedule(later, work.now());
}

Status void_lost_question(Work& work, const List& list, const store::Member& member, std::string_view job) {
  Result<std::optional<Question>> question = open_question(work, list, member);
  if (!question) return question.error();
  return *question && (*question)->job == job ? void_question(work, list, member, "not_delivered") : Status();
}

Status void_returned_question(Work& work, const List& list, const store::Member& member, UnixTime day) {
  Result<std::optional<Question>> question = open_question(work, list, member);
  if (!question) return question.error();
  const bool is_it = *question && auth::day_of((*question)->asked) == day;
  return is_it ? void_question(work, list, member, "came_back") : Status();
}

}  // namespace majlis::lists
