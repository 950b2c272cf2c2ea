#include "commands/reply.h"

#include "base/text.h"
#include "commands/desk/reply_share.h"
#include "commands/desk/written_passwords.h"
#include "commands/reading/secret_words.h"
#include "mail/composer.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownSubject = 40;

bool is_request_by_address(lists::Role role) {
  return role == lists::Role::subscribe || role == lists::Role::unsubscribe || role == lists::Role::confirm;
}

Result<Answered> may_answer(Desk& desk) {
  if (desk.is_proven()) return Answered::yes;
  Result<bool> allowed = take_reply(desk, desk.requester());
  if (!allowed) return allowed.error();
  if (!*allowed) return Answered::withheld;
  Result<bool> is_one_left = has_reply_left(desk, desk.requester());
  if (!is_one_left) return is_one_left.error();
  return *is_one_left ? Answered::yes : Answered::last;
}

// Majordomo's $return_subject, where a right password shows that no stranger chose the words.
std::string subject_for(Desk& desk, const mail::Message& request, const std::vector<std::string>& secrets) {
  std::string subject(desk.tongue().subject);
  if (subject.empty()) subject = desk.words(Reply::results_of_commands);
  const std::string asked = request.subject();
  if (!desk.passwords().any_right() || asked.empty()) return subject;
  std::string shown;
  for (const std::string_view word : split_words(asked)) {
    const bool is_hidden = is_secret(word) || desk.passwords().knows(word);
    shown.append(shown.empty() ? "" : " ").append(is_hidden ? kMask : word);
  }
  shown = printable_utf8(without_words(std::move(shown), secrets));
  return subject.append(": ").append(utf8_prefix(shown, kMaxShownSubject));
}

std::string bounded(Desk& desk, std::size_t max_octets) {
  const std::string& answer = desk.answer();
  if (answer.size() <= max_octets) return answer;
  const std::size_t end = answer.rfind('\n', max_octets);
  return answer.substr(0, end == std::string::npos ? max_octets : end + 1) + desk.phrased(Reply::answer_was_cut);
}

}  // namespace

std::string_view name_of(Answered answered) {
  switch (answered) {
    case Answered::no:
    case Answered::yes: return "";
    case Answered::last: return "last";
    case Answered::withheld: return "withheld";
  }
  return "";
}

Result<Answered> reply(Desk& desk, const lists::Destination& destination, const lists::Arrival& arrival,
                       const std::vector<std::string>& secrets) {
  const bool has_letter = desk.work().sends_to(desk.requester());
  if (is_request_by_address(destination.role) && has_letter && desk.errors() == 0) return Answered::no;
  Result<Answered> answered = may_answer(desk);
  if (!answered || *answered == Answered::withheld) return answered;

  lists::Work& work = desk.work();
  const auto max_octets = static_cast<std::size_t>(work.site().config().max_reply_octets);
  mail::Letter letter;
  letter.from = desk.server();
  letter.to = desk.requester().text();
  letter.subject = subject_for(desk, arrival.message, secrets);
  letter.reply_to = desk.server();
  letter.message_id = work.next_message_id(desk.default_domain());
  letter.in_reply_to = arrival.message.message_id();
  letter.follows = desk.thread();
  letter.text =
      std::string(desk.tongue().head) + without_words(bounded(desk, max_octets) + desk.closing_words(), secrets);
  if (*answered == Answered::last) {
    letter.text += "\n" + desk.phrased(desk.is_served_off() ? Reply::last_and_served_off : Reply::last_of_the_day);
  }

  lists::Outgoing outgoing;
  outgoing.list = destination.list ? destination.list->address() : "";
  outgoing.recipients = {desk.requester().text()};
  outgoing.message_id = letter.message_id;
  outgoing.message = mail::compose(letter, work.now());
  work.send(std::move(outgoing));
  return answered;
}

}  // namespace majlis::commands
