#include "lists/effects/authentication.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/text.h"
#include "lists/effects/mta_probe.h"
#include "mail/authentication/believed_results.h"
#include "net/dmarc.h"

namespace majlis::lists {
namespace {

// Organisations share the end of their names: two labels at least, for what is above them belongs to nobody.
bool may_be_related(std::string_view one, std::string_view other) {
  const auto last_two = [](std::string_view domain) {
    const std::size_t dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return domain;
    const std::size_t second = domain.rfind('.', dot - 1);
    return second == std::string_view::npos ? domain : domain.substr(second + 1);
  };
  return last_two(one) == last_two(other);
}

bool is_one_organization(SiteDns& dns, const std::string& one, const std::string& other) {
  if (!may_be_related(one, other)) return false;
  const Result<std::string> first = net::find_organizational_domain(one, dns.lookup());
  if (!first) return false;
  const Result<std::string> second = net::find_organizational_domain(other, dns.lookup());
  return second && *first == *second;
}

mail::KeyAnswer find_key(SiteDns& dns, const std::string& name) {
  using Kind = net::TxtAnswer::Kind;
  const net::TxtAnswer& answer = dns.txt(name);
  if (answer.kind == Kind::failed) return {mail::KeyAnswer::Kind::failed, {}};
  if (answer.kind != Kind::found) return {mail::KeyAnswer::Kind::none, {}};
  return {mail::KeyAnswer::Kind::found, answer.texts};
}

// Keys are asked for only of whom it might help to know.
std::vector<mail::DkimResult> verify(SiteDns& dns, const mail::Message& message, const std::string& author_domain,
                                     UnixTime now) {
  return mail::verify_dkim(message, now, [&](const std::string& name) {
    return may_be_related(name, author_domain) ? find_key(dns, name) : mail::KeyAnswer{mail::KeyAnswer::Kind::none, {}};
  });
}

void log_signatures(const mail::Message& message, const std::string& author_domain,
                    const std::vector<mail::DkimResult>& results) {
  for (const mail::DkimResult& result : results) {
    if (!may_be_related(result.domain, author_domain)) continue;
    log(Severity::info, LogLine("dkim")
                            .with("msgid", message.message_id())
                            .with("domain", result.domain)
                            .with("selector", result.selector)
                            .with("verdict", mail::word_for(result.fault)));
  }
}

// Servers that write their results below their own Received field are believed once a probe has shown that they remove
// what others write in their name. Nobody can tell such fields apart by their place.
std::vector<mail::AuthenticationResult> believed_results(const Site& site, const mail::Message& message) {
  const auto above = [&](mail::BelievedAbove limit) {
    return mail::read_believed_results(message, site.config().authserv_id, limit).results;
  };
  std::vector<mail::AuthenticationResult> always = above(mail::BelievedAbove::first_received);
  std::vector<mail::AuthenticationResult> perhaps = above(mail::BelievedAbove::second_received);
  if (perhaps.size() == always.size()) return always;
  const Result<ProbeState> probe = find_probe_state(site);
  if (!probe) log(Severity::error, LogLine("probe").with(probe.error()));
  return probe && probe->removes_forged ? perhaps : always;
}

}  // namespace

mail::AuthenticatedBy authenticate_author(const Site& site, SiteDns& dns, const mail::Message& message, UnixTime now) {
  const SiteConfig& config = site.config();
  const bool verifies = config.verify_dkim == "yes";
  const auto author = message.author();
  if (!author || (config.authserv_id.empty() && !verifies)) return mail::AuthenticatedBy::nothing;
  const std::string& domain = author->address.domain();
  const mail::SameOrganization same = [&](const std::string& one, const std::string& other) {
    return is_one_organization(dns, one, other);
  };
  const mail::SignatureResults signatures = [&] {
    std::vector<mail::DkimResult> results = verify(dns, message, domain, now);
    log_signatures(message, domain, results);
    return results;
  };
  return mail::check_author(domain, believed_results(site, message), same,
                            verifies ? signatures : mail::SignatureResults());
}

}  // namespace majlis::lists
