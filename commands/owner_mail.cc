#include "commands/owner_mail.h"

#include <algorithm>

#include "auth/token.h"
#include "commands/incoming.h"
#include "commands/reading/reply_subject.h"
#include "commands/session.h"
#include "commands/tongues/majordomo.h"
#include "commands/verbs/consent.h"
#include "lists/members/bounces/bounces.h"
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
    return auth::check_token(site.keys(), token, grant, arrival.now).has_value() &&
           consent_in(reply, site, list, confirmed, author, token) == Consent::given;
  };
  return std::any_of(all_confirmed().begin(), all_confirmed().end(), consents);
}

}  // namespace

Result<lists::Outcome> receive_owner_mail(const lists::Site& site, const lists::Destination& destination,
                                          const lists::Arrival& arrival) {
  const auto author = arrival.message.author();
  const bool may_confirm = author && !mail::automatic_reason(arrival.message, arrival.sender) &&
                           !read_reply_subject(arrival.message.subject()).answered.empty();
  const std::string token = may_confirm ? quoted_token(kMajordomo, arrival.message) : "";
  if (token.empty()) return lists::receive_returned(site, destination, arrival);
  Result<lists::List> list = lists::List::open(site, *destination.list);
  if (!list) return list.error();
  if (!consents_with(token, site, *list, arrival, author->address)) {
    return lists::receive_returned(site, destination, arrival);
  }
  lists::Destination confirmation = destination;
  confirmation.role = lists::Role::confirm;
  confirmation.tag = token;
  return run_commands(site, confirmation, arrival);
}

}  // namespace majlis::commands
