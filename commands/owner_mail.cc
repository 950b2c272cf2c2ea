#include "commands/owner_mail.h"

#include <algorithm>

#include "auth/token.h"
#include "commands/desk/decision_word.h"
#include "commands/incoming.h"
#include "commands/reading/reply_subject.h"
#include "commands/session.h"
#include "commands/tongues/majordomo.h"
#include "commands/tongues/tongues.h"
#include "commands/verbs/consent.h"
#include "lists/effects/moderation_word.h"
#include "lists/members/bounces/bounces.h"
#include "lists/site/former_names.h"
#include "mail/automatic.h"

namespace majlis::commands {
namespace {

// More may be meant for the owner.
constexpr std::size_t kMaxOwnOctets = 60;

bool consents_with(const std::string& token, const lists::Site& site, const lists::List& list,
                   const lists::Arrival& arrival, const mail::Address& author) {
  const tongues::PlainReply reply = read_plain_reply(kMajordomo, arrival.message, list.name().domain());
  if (reply.text.size() > kMaxOwnOctets) return false;
  const auto consents = [&](const Confirmed& confirmed) {
    const lists::ChallengedAction action = action_of(confirmed);
    const auth::TokenGrant grant{list.address(), action.verb, author.canonical(), action.option};
    return lists::check_token(site, token, grant, arrival.now).has_value() &&
           consent_in(reply, site, list, confirmed, author, token) == Consent::given;
  };
  return std::any_of(all_confirmed().begin(), all_confirmed().end(), consents);
}

// Some mail programs answer a letter's From in place of its Reply-To.
bool may_be_an_answer(const lists::Arrival& arrival) {
  return !mail::automatic_reason(arrival.message, arrival.sender) &&
         !read_reply_subject(arrival.message.subject()).answered.empty();
}

lists::Destination with_role(lists::Destination destination, lists::Role role) {
  destination.role = role;
  return destination;
}

// Whether it says first what is to become of something that waits, and with a word that is good.
bool decides(const lists::Site& site, const lists::List& list, const lists::Destination& at_request,
             const lists::Arrival& arrival) {
  const ListLookup lookup(site, list.role_address("request"), at_request.list);
  const Tongue& of_list = tongue_named(list.config().choice(lists::Setting::dialect));
  // "Approved: PASSWORD" decides there only.
  const Tongue& tongue = of_list.dialect->asks_by_attachment ? of_list : kMajordomo;
  const std::vector<tongues::Request> requests = read_requests(tongue, at_request, lookup, arrival.message);
  const tongues::Request* first = find_command(requests);
  if (first == nullptr || !tongues::decides(first->verb)) return false;
  const std::optional<DecisionWord> decided = decision_word_of(*first);
  if (!decided) return false;
  return lists::check_moderation_word(site, list.address(), decided->word, arrival.now).has_value() ||
         lists::check_moderation_word_for_all(site, list.address(), decided->word, arrival.now).has_value();
}

}  // namespace

Result<lists::Outcome> receive_owner_mail(const lists::Site& site, const lists::Destination& destination,
                                          const lists::Arrival& arrival) {
  const auto author = arrival.message.author();
  if (!author || !may_be_an_answer(arrival)) return lists::receive_returned(site, destination, arrival);
  Result<lists::List> list = lists::List::open(site, *destination.list);
  if (!list) return list.error();
  const std::string token = quoted_token(kMajordomo, arrival.message);
  if (!token.empty() && consents_with(token, site, *list, arrival, author->address)) {
    lists::Destination confirmation = with_role(destination, lists::Role::confirm);
    confirmation.tag = token;
    return run_commands(site, confirmation, arrival);
  }
  const lists::Destination at_request = with_role(destination, lists::Role::request);
  if (decides(site, *list, at_request, arrival)) return run_commands(site, at_request, arrival);
  return lists::receive_returned(site, destination, arrival);
}

}  // namespace majlis::commands
