#include "lists/effects/forward.h"

#include "base/text.h"
#include "lists/effects/autoresponse.h"
#include "lists/effects/masked_tokens.h"
#include "lists/effects/set_aside.h"
#include "mail/automatic.h"
#include "mail/edit.h"

namespace majlis::lists {
namespace {

struct Route {
  std::vector<mail::Address> to;
  std::string sender;  // envelope
  std::string list;
};

std::vector<mail::Address> postmaster(const Site& site) {
  const auto address = mail::Address::parse(site.config().postmaster);
  return address ? std::vector<mail::Address>{*address} : std::vector<mail::Address>{};
}

Result<Route> route_for(const Site& site, const Destination& destination, const Arrival& arrival) {
  Route route;
  if (!destination.list) {
    route.to = postmaster(site);
    return route;
  }
  Result<List> list = List::open(site, *destination.list);
  if (!list) return list.error();
  route.list = list->address();
  route.to = destination.role == Role::approval ? list->moderators() : list->owners();
  if (route.to.empty()) route.to = postmaster(site);
  if (!mail::is_bounce_like(arrival.message, arrival.sender)) route.sender = list->role_address("bounces");
  return route;
}

void send_copy(Work& work, const Route& route, const Arrival& arrival) {
  Outgoing copy;
  copy.list = route.list;
  copy.sender = route.sender;
  for (const mail::Address& address : route.to) copy.recipients.push_back(address.text());
  copy.message_id = arrival.message.message_id();
  // A letter that came back has its reader's tokens in it.
  const mail::Message message =
      mail::is_bounce_like(arrival.message, arrival.sender)
          ? mail::Message::open(with_tokens_masked(work.site().keys(), arrival.message, arrival.now))
          : arrival.message;
  mail::Edit edit(message);
  // What stood behind '+' may be a token.
  edit.add_field("X-Loop", without_tag(arrival.recipient.canonical()));
  copy.message = edit.apply().bytes;
  work.send(std::move(copy));
}

}  // namespace

bool went_round(const Site& site, const Arrival& arrival) {
  const std::string mark = without_tag(arrival.recipient.canonical());
  for (const std::string& body : arrival.message.fields("X-Loop")) {
    if (find_ignoring_case(body, mark) != std::string_view::npos) return true;
  }
  return static_cast<std::int64_t>(arrival.message.fields("Received").size()) > site.config().max_received;
}

Status forward_copy(Work& work, const Destination& destination, const Arrival& arrival) {
  Result<Route> route = route_for(work.site(), destination, arrival);
  if (!route) return route.error();
  send_copy(work, *route, arrival);
  return {};
}

Result<Outcome> forward_to_role(const Site& site, const Destination& destination, const Arrival& arrival) {
  Result<Route> route = route_for(site, destination, arrival);
  if (!route) return route.error();
  if (went_round(site, arrival)) return set_aside_circling(site, arrival);
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  send_copy(*work, *route, arrival);
  if (destination.role == Role::owner && !work->is_repeat()) {
    Result<List> list = List::open(site, *destination.list);
    Status answered = list ? answer_by_itself(*work, *list, AnsweredMail::owner_mail, arrival) : list.error();
    if (!answered) return answered.error();
  }
  work->note(arrival.message.message_id(), "verdict=forward to=" + without_tag(arrival.recipient.canonical()));
  Status done = work->finish("forward");
  if (!done) return done.error();
  const Outcome outcome{"forward", work->is_repeat() ? "repeat" : "", route->list};
  log_arrival(arrival, outcome, "");
  return outcome;
}

}  // namespace majlis::lists
