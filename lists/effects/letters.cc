#include "lists/effects/letters.h"

#include "base/text.h"
#include "lists/effects/list_change.h"
#include "lists/site/directory.h"
#include "spool/job/job.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kMaxShownPattern = 300;

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

std::vector<mail::Address> reachable(Work& work, const List& list, const std::vector<mail::Address>& addresses) {
  std::vector<mail::Address> left;
  for (const mail::Address& address : addresses) {
    if (!takes_posts(work.site(), address)) {
      left.push_back(address);
      continue;
    }
    work.log_when_done(LogLine("letter")
                           .with("list", list.address())
                           .with("to", address.canonical())
                           .with("not_mailed", "posting_address"));
  }
  const bool is_for_those_in_charge = addresses == list.owners() || addresses == list.moderators();
  if (!left.empty() || addresses.empty() || !is_for_those_in_charge) return left;
  const std::optional<mail::Address> postmaster = mail::Address::parse(work.site().config().postmaster);
  if (postmaster && !takes_posts(work.site(), *postmaster)) left.push_back(*postmaster);
  return left;
}

}  // namespace

std::string mailbox_key(const mail::Address& address) { return mailbox_key(address.canonical()); }

std::string mailbox_key(std::string_view canonical) {
  const std::size_t plus = canonical.find('+');
  const std::size_t at = canonical.rfind('@');
  if (plus == std::string_view::npos || at == std::string_view::npos || plus > at) return std::string(canonical);
  return std::string(canonical.substr(0, plus)) + std::string(canonical.substr(at));
}

Result<bool> is_within_share(Work& work, std::string_view kind, const mail::Address& address) {
  const auto limit = static_cast<std::uint32_t>(work.site().config().challenges_per_day);
  return work.count_within(std::string(kind) + "-to:" + mailbox_key(address), limit, kDay);
}

std::string part_text(const Work& work, const List& list, std::string_view name, const TextValues& more) {
  TextValues values = list_values(list);
  for (const auto& [key, value] : more) values.insert_or_assign(key, value);
  std::string body = render_text(work.site(), list.config().text(Setting::language), name, values).body;
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
  const std::vector<mail::Address> to = reachable(work, list, correspondence.to);
  if (to.empty()) return {};
  TextValues values = list_values(list);
  for (const auto& [key, value] : correspondence.values) values.insert_or_assign(key, value);
  const std::string& language =
      correspondence.language.empty() ? list.config().text(Setting::language) : correspondence.language;
  const RenderedText text = render_text(work.site(), language, correspondence.text_name, values);

  const std::string owner = list.role_address("owner");
  mail::Letter letter;
  letter.from = owner;
  letter.to = join_addresses(to);
  letter.subject = text.subject;
  letter.reply_to = correspondence.reply_to.empty() ? owner : correspondence.reply_to;
  letter.message_id = correspondence.message_id;
  if (letter.message_id.empty()) letter.message_id = work.next_message_id(list.name().domain());
  letter.in_reply_to = correspondence.in_reply_to;
  letter.follows = correspondence.follows;
  letter.text = text.body;
  while (letter.text.ends_with("\n\n")) letter.text.pop_back();
  if (!correspondence.closing_words.empty()) letter.text += "\n" + correspondence.closing_words + "\n";
  letter.attachments = correspondence.attachments;
  letter.extra_fields = {{"List-Id", "<" + list.list_id() + ">"}};

  Outgoing outgoing;
  outgoing.list = list.address();
  outgoing.recipients = as_recipients(to);
  outgoing.message_id = letter.message_id;
  outgoing.message = mail::compose(letter, work.now());
  outgoing.sender = correspondence.envelope_sender;
  outgoing.give_up = correspondence.give_up;
  return {letter.message_id, work.send(std::move(outgoing))};
}

namespace {

void send_about_no_list(Work& work, const RenderedText& text, const std::string& from, const std::string& to,
                        const std::string& reply_to = "") {
  mail::Letter letter;
  letter.from = from;
  letter.reply_to = reply_to;
  letter.to = to;
  letter.subject = text.subject;
  letter.text = text.body;
  letter.message_id = work.next_message_id(work.site().config().domain);
  Outgoing outgoing;
  outgoing.recipients = {to};
  outgoing.message_id = letter.message_id;
  outgoing.message = mail::compose(letter, work.now());
  work.send(std::move(outgoing));
}

}  // namespace

void send_site_letter(Work& work, const SiteLetter& letter) {
  if (takes_posts(work.site(), letter.to)) return;
  send_about_no_list(work, render_text(work.site(), letter.language, letter.text_name, letter.values), letter.from,
                     letter.to.text(), letter.from);
}

void send_to_postmaster(Work& work, std::string_view text_name, const TextValues& values) {
  const SiteConfig& site = work.site().config();
  send_about_no_list(work, render_text(work.site(), site.language, text_name, values), "majordomo@" + site.domain,
                     site.postmaster);
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

Status warn_of_password(Work& work, const List& list, std::string_view requester, std::string_view text_name) {
  Result<bool> first = work.count_within(std::string(text_name) + ":" + list.address(), 1, kDay);
  if (!first) return first.error();
  if (!*first) return {};
  Correspondence letter;
  letter.text_name = text_name;
  letter.values = {{"requester", std::string(requester)}};
  letter.to = list.owners();
  send_letter(work, list, letter);
  return {};
}

}  // namespace majlis::lists
