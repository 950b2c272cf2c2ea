#include "lists/effects/mta_probe.h"

#include <algorithm>
#include <array>

#include "auth/fingerprint.h"
#include "auth/token.h"
#include "base/text.h"
#include "lists/effects/work.h"
#include "mail/composer.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kField = "X-Majlis-Probe";
constexpr std::string_view kResults = "Authentication-Results";
constexpr std::string_view kForgedDomain = "forged.probe.invalid";

// The times at which probes were sent: the last one, the last that came back, the last that came back without forged
// fields. Another authserv_id begins anew.
constexpr std::string_view kSent = "probe_sent";
constexpr std::string_view kReturned = "probe_returned";
constexpr std::string_view kClean = "probe_clean";

std::string fact_name(const Site& site, std::string_view what) {
  return std::string(what) + " " + to_lower_ascii(site.config().authserv_id);
}

std::string token_of(const Site& site, UnixTime sent) {
  const auth::TokenGrant grant{"", "probe", site.config().authserv_id, std::to_string(sent)};
  return auth::make_token(site.keys().front(), grant, sent + auth::kDefaultTokenLife);
}

// When the probe was sent that `message` is.
std::optional<UnixTime> probe_in(const Site& site, const mail::Message& message, UnixTime now) {
  const std::vector<std::string> bodies = message.fields(kField);
  if (bodies.size() != 1) return std::nullopt;
  const std::vector<std::string_view> words = split_words(bodies.front());
  const auto sent = words.size() == 2 ? parse_number(words[1]) : std::nullopt;
  if (!sent || *sent > static_cast<std::uint64_t>(now)) return std::nullopt;
  const auth::TokenGrant grant{"", "probe", site.config().authserv_id, std::string(words[1])};
  if (!auth::check_token(site.keys(), words[0], grant, now)) return std::nullopt;
  return static_cast<UnixTime>(*sent);
}

std::string capitals(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

// Spellings that all name the same server (RFC 8601 2.2), or only the plainest might be removed.
std::string forged_fields(const std::string& server) {
  if (server.empty()) return "";
  std::string fields;
  for (const std::string& written : {server, capitals(server) + " 1", "(at) \"" + server + "\""}) {
    fields += mail::field(kResults, written + "; dkim=pass header.d=" + std::string(kForgedDomain));
  }
  return fields;
}

bool has_forged_field(const mail::Message& message) {
  const std::vector<std::string> bodies = message.fields(kResults);
  return std::any_of(bodies.begin(), bodies.end(), [](const std::string& body) {
    return find_ignoring_case(body, kForgedDomain) != std::string_view::npos;
  });
}

std::string compose_probe(const Site& site, const std::string& address, const std::string& message_id, UnixTime now) {
  const mail::Letter letter{.from = address,
                            .to = address,
                            .subject = "Does mail come back?",
                            .reply_to = "",
                            .message_id = message_id,
                            .in_reply_to = "",
                            .text = "Majlis mailed this to itself, for 'majlis check'. Nobody needs to read it.\n",
                            .extra_fields = {{std::string(kField), token_of(site, now) + " " + std::to_string(now)}},
                            .attachments = {},
                            .content = ""};
  return forged_fields(site.config().authserv_id) + mail::compose(letter, now);
}

}  // namespace

Status send_probe(const Site& site, UnixTime now) {
  Result<Work> work = Work::begin(site, auth::fingerprint({"probe", std::to_string(now)}).substr(0, 16), now);
  if (!work) return work.error();
  if (!work->is_repeat()) {
    const std::string& domain = site.config().domain;
    Outgoing probe;
    probe.recipients = {"majordomo@" + domain};
    probe.message_id = work->next_message_id(domain);
    probe.message = compose_probe(site, probe.recipients.front(), probe.message_id, now);
    work->send(std::move(probe));
    Status noted = work->state().set_fact(fact_name(site, kSent), static_cast<std::uint64_t>(now));
    if (!noted) return noted;
  }
  return work->finish("probe");
}

Result<std::optional<Outcome>> receive_probe(const Site& site, const Arrival& arrival) {
  const std::optional<UnixTime> sent = probe_in(site, arrival.message, arrival.now);
  if (!sent) return std::optional<Outcome>();
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  Outcome outcome{"probe", has_forged_field(arrival.message) ? "forged_kept" : "forged_removed", ""};
  if (!work->is_repeat()) {
    const Result<std::uint64_t> returned = work->state().fact(fact_name(site, kReturned));
    if (!returned) return returned.error();
    // Only what comes back first shows anything: somebody on the way may have kept a copy, and may change it.
    if (*sent > static_cast<UnixTime>(*returned)) {
      const auto time = static_cast<std::uint64_t>(*sent);
      Status noted = work->state().set_fact(fact_name(site, kReturned), time);
      if (noted && outcome.rule == "forged_removed") noted = work->state().set_fact(fact_name(site, kClean), time);
      if (!noted) return noted.error();
    } else {
      outcome.rule = "repeat";
    }
  }
  Status done = work->finish(outcome.verdict);
  if (!done) return done.error();
  log_arrival(arrival, outcome, "");
  return std::optional(std::move(outcome));
}

Result<ProbeState> find_probe_state(const Site& site) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  UnixTime times[3] = {};
  constexpr std::array kTimes = {kSent, kReturned, kClean};
  for (std::size_t at = 0; at < kTimes.size(); ++at) {
    const Result<std::uint64_t> time = (*reader)->fact(fact_name(site, kTimes[at]));
    if (!time) return time.error();
    times[at] = static_cast<UnixTime>(*time);
  }
  return ProbeState{times[0], times[1], times[1] != 0 && times[2] == times[1]};
}

}  // namespace majlis::lists
