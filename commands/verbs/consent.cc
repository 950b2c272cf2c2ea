#include "commands/verbs/consent.h"

#include <algorithm>

#include "commands/reading/assent.h"
#include "commands/reading/refusal.h"
#include "commands/reading/reply_subject.h"
#include "lists/members/challenge_subjects.h"

namespace majlis::commands {
namespace {

using tongues::Verb;

Consent consent_by_subject(const tongues::PlainReply& reply, const std::vector<std::string>& subjects, Asked asked) {
  const ReplySubject subject = read_reply_subject(reply.subject);
  const bool is_ours = std::any_of(subjects.begin(), subjects.end(),
                                   [&](const std::string& original) { return answers(subject, original); });
  if (is_ours) return Consent::given;
  if (!reply.is_known_by_address || is_absence_note(reply.subject)) return Consent::other_subject;
  return refuses(reply.subject, asked) ? Consent::refused : Consent::given;
}

}  // namespace

lists::ChallengedAction action_of(const Confirmed& confirmed) {
  if (confirmed.what == Confirmed::What::posts) return {std::string(lists::kConfirmPost), ""};
  return {std::string(tongues::name_of(confirmed.verb)), lists::words_of(confirmed.options)};
}

const std::vector<Confirmed>& all_confirmed() {
  static const std::vector<Confirmed> all = [] {
    std::vector<Confirmed> rows = {
        {Verb::subscribe}, {Verb::unsubscribe}, {Verb::confirm}, {Verb::confirm, {}, Confirmed::What::posts}};
    for (const lists::MemberOptions& options : lists::all_member_options()) rows.push_back({Verb::set, options});
    return rows;
  }();
  return all;
}

Consent consent_in(const tongues::PlainReply& reply, const lists::Site& site, const lists::List& list,
                   const Confirmed& confirmed, const mail::Address& person, std::string_view token) {
  return consent_in(reply, lists::challenge_subjects(site, list, action_of(confirmed), person, token), confirmed.verb);
}

Consent consent_in(const tongues::PlainReply& reply, const std::vector<std::string>& subjects, Verb verb) {
  const Asked asked = verb == Verb::unsubscribe ? Asked::to_leave : Asked::anything_else;
  const Consent by_subject = consent_by_subject(reply, subjects, asked);
  if (by_subject != Consent::given) return by_subject;
  if (refuses(reply.own_words, asked)) return Consent::refused;
  return reply.is_readable && assents(reply.text) ? Consent::given : Consent::unclear;
}

}  // namespace majlis::commands
