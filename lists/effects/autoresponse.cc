#include "lists/effects/autoresponse.h"

#include <array>

#include "auth/fingerprint.h"
#include "base/text.h"
#include "lists/effects/ceilings.h"
#include "lists/effects/letters.h"
#include "lists/site/directory.h"
#include "mail/automatic.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;

struct AnswerRow {
  AnsweredMail mail;
  Setting is_on;
  Setting text;
};
// In the order of the enumeration.
constexpr std::array kAnswers = {
    AnswerRow{AnsweredMail::postings, Setting::autorespond_postings, Setting::autoresponse_postings_text},
    AnswerRow{AnsweredMail::owner_mail, Setting::autorespond_admin, Setting::autoresponse_admin_text},
    AnswerRow{AnsweredMail::requests, Setting::autorespond_requests, Setting::autoresponse_request_text},
};
const AnswerRow& row_of(AnsweredMail mail) { return kAnswers.at(static_cast<std::size_t>(mail)); }

bool has_answer(const ListConfig& config, const AnswerRow& row) {
  return config.text(row.is_on) != "no" && config.is_set(row.text);
}

// "X-Ack: yes" takes back what Precedence says, and nothing else.
bool may_be_answered(const Arrival& arrival) {
  bool is_wanted = false;
  for (const std::string& body : arrival.message.fields("X-Ack")) {
    if (equals_ignoring_case(trim(body), "no")) return false;
    is_wanted = is_wanted || equals_ignoring_case(trim(body), "yes");
  }
  const auto reason = is_wanted ? mail::automatic_reason_but_precedence(arrival.message, arrival.sender)
                                : mail::automatic_reason(arrival.message, arrival.sender);
  return !reason && !mail::has_automatic_subject(arrival.message);
}

std::string filled_in(const List& list, std::string text) {
  const std::array words = {std::pair{std::string_view("$LIST"), list.name().name()},
                            std::pair{std::string_view("$REQUEST"), list.role_address("request")},
                            std::pair{std::string_view("$OWNER"), list.role_address("owner")}};
  std::string filled;
  std::string_view rest = text;
  while (!rest.empty()) {
    if (rest.starts_with("\\$")) {
      filled += '$';
      rest.remove_prefix(2);
      continue;
    }
    std::size_t octets = 1;
    std::string_view stands = rest.substr(0, 1);
    for (const auto& [word, value] : words) {
      if (!rest.starts_with(word)) continue;
      octets = word.size();
      stands = value;
    }
    filled += stands;
    rest.remove_prefix(octets);
  }
  return filled;
}

// Under a name that tells nobody the address.
std::string quiet_name(const Work& work, const AnswerRow& row, const mail::Address& author) {
  return auth::keyed_fingerprint(work.site().keys().front(),
                                 {"autoresponse", spec_of(row.is_on).name, mailbox_key(author)});
}

// false: the author, or the list, has had its share.
Result<bool> is_within_shares(Work& work, const List& list, const mail::Address& author) {
  const Reached of_list = ceiling_of_letters(list);
  const std::array shares = {Share{"author-letter-to:" + mailbox_key(author),
                                   static_cast<std::uint64_t>(work.site().config().replies_per_day)},
                             Share{"author-letters:" + list.address(), of_list.limit}};
  Result<std::optional<std::size_t>> used_up = take_shares(work, shares);
  if (!used_up) return used_up.error();
  if (!*used_up) return true;
  if (**used_up == 0) {
    log_share_used(work, list, "autoresponse", "replies_per_day", author);
    return false;
  }
  Status told = tell_of_ceiling(work, &list, of_list);
  return told ? Result<bool>(false) : told.error();
}

}  // namespace

bool discards_requests(const ListConfig& config) {
  return config.choice(Setting::autorespond_requests) == "discard" &&
         has_answer(config, row_of(AnsweredMail::requests));
}

Status answer_by_itself(Work& work, const List& list, AnsweredMail mail, const Arrival& arrival) {
  const AnswerRow& row = row_of(mail);
  const auto author = arrival.message.author();
  if (!has_answer(list.config(), row) || !author || !may_be_answered(arrival)) return {};
  if (leads_back(work.site(), author->address)) return {};
  const std::string name = quiet_name(work, row, author->address);
  Result<std::optional<UnixTime>> quiet_until = work.state().seen_until(list.address(), name);
  if (!quiet_until) return quiet_until.error();
  if (*quiet_until && **quiet_until > work.now()) return {};
  Result<bool> within = is_within_shares(work, list, author->address);
  if (!within || !*within) return within ? Status() : within.error();
  Correspondence letter;
  letter.text_name = "autoresponse";
  letter.values = {{"text", filled_in(list, list.config().text(row.text))}};
  letter.to = {author->address};
  letter.in_reply_to = arrival.message.message_id();
  send_letter(work, list, letter);
  work.log_when_done(LogLine("autoresponse")
                         .with("list", list.address())
                         .with("to", author->address.canonical())
                         .with("setting", spec_of(row.is_on).name));
  const UnixTime grace = list.config().integer(Setting::autoresponse_graceperiod) * kDay;
  return grace == 0 ? Status() : work.state().mark_seen(list.address(), name, work.now() + grace);
}

}  // namespace majlis::lists
