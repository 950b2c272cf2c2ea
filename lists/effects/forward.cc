#include "lists/effects/forward.h"

#include "base/log.h"
#include "base/text.h"
#include "lists/effects/letters.h"
#include "mail/automatic.h"
#include "mail/edit.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;

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
  mail::Edit edit(arrival.message);
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

void log_arrival(const Arrival& arrival, const Outcome& outcome, std::string_view why) {
  log(Severity::info, LogLine("mail")
                          .with("to", without_tag(arrival.recipient.canonical()))
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", outcome.verdict)
                          .with("rule", outcome.rule)
                          .with("why", why));
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
  work->note(arrival.message.message_id(), "verdict=forward to=" + without_tag(arrival.recipient.canonical()));
  Status done = work->finish("forward");
  if (!done) return done.error();
  const Outcome outcome{"forward", work->is_repeat() ? "repeat" : "", route->list};
  log_arrival(arrival, outcome, "");
  return outcome;
}

Result<Outcome> set_aside_circling(const Site& site, const Arrival& arrival) {
  return set_aside(site, arrival, "the message came back to " + without_tag(arrival.recipient.text()));
}

Result<Outcome> set_aside(const Site& site, const Arrival& arrival, std::string_view reason) {
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  const std::string name = hex(arrival.fingerprint()) + ".eml";
  work->write_file("spool/bad/" + name, std::string(arrival.message.bytes()));
  work->write_file("spool/bad/" + name + ".why", std::string(reason) + "\n");
  Result<bool> first_today = work->count_within("set-aside-notice", 1, kDay);
  if (!first_today) return first_today.error();
  if (*first_today) {
    const RenderedText text = render_text(site, site.config().language, "set_aside",
                                          {{"list", without_tag(arrival.recipient.text())},
                                           {"recipient", without_tag(arrival.recipient.text())},
                                           {"path", "spool/bad/" + name},
                                           {"reason", std::string(reason)},
                                           {"program", "majlis-receive"}});
    mail::Letter letter;
    letter.from = "majordomo@" + site.config().domain;
    letter.to = site.config().postmaster;
    letter.subject = text.subject;
    letter.text = text.body;
    letter.message_id = work->next_message_id(site.config().domain);
    Outgoing notice;
    notice.recipients = {site.config().postmaster};
    notice.message_id = letter.message_id;
    notice.message = mail::compose(letter, arrival.now);
    work->send(std::move(notice));
  }
  Status done = work->finish("set_aside");
  if (!done) return done.error();
  const Outcome outcome{"set_aside", work->is_repeat() ? "repeat" : "", ""};
  log_arrival(arrival, outcome, reason);
  return outcome;
}

}  // namespace majlis::lists
