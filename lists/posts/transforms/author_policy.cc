#include "lists/posts/transforms/author_policy.h"

#include <algorithm>
#include <array>

#include "base/log.h"
#include "mail/authentication/believed_results.h"
#include "mail/domain.h"

namespace majlis::lists {
namespace {

using store::DomainPolicy;
using Asks = DomainPolicy::Asks;
using Record = DomainPolicy::Record;

struct AuthorAsWord {
  std::string_view word;
  AuthorAs author_as;
};
// One that would be refused goes out munged where it is not.
constexpr std::array kAuthorAs = {
    AuthorAsWord{"munge", AuthorAs::munged},
    AuthorAsWord{"wrap", AuthorAs::wrapped},
    AuthorAsWord{"reject", AuthorAs::munged},
};

AuthorAs author_as_of(std::string_view choice) {
  const auto row =
      std::find_if(kAuthorAs.begin(), kAuthorAs.end(), [&](const AuthorAsWord& each) { return each.word == choice; });
  return row == kAuthorAs.end() ? AuthorAs::written : row->author_as;
}

// Of policy.dmarc, what was or would be done with the message: for one that passed it is none, whatever is published.
std::optional<DomainPolicy> policy_in(const mail::AuthenticationResult& result, const std::string& domain) {
  const std::optional<std::string_view> from = result.property("header", "from");
  if (result.method != "dmarc" || !from || mail::canonical_domain(*from) != domain) return std::nullopt;
  if (result.result == "none") return DomainPolicy{Record::none};
  const std::string_view asks = result.property("policy", "dmarc").value_or("");
  if (asks == "reject") return DomainPolicy{Record::found, Asks::reject};
  if (asks == "quarantine") return DomainPolicy{Record::found, Asks::quarantine};
  return std::nullopt;
}

std::optional<DomainPolicy> policy_in_results(const PostContext& context, const std::string& domain) {
  const std::string& server = context.site->config().authserv_id;
  const mail::BelievedResults believed =
      mail::read_believed_results(*context.post, server, mail::BelievedAbove::first_received);
  for (const mail::AuthenticationResult& result : believed.results) {
    if (const std::optional<DomainPolicy> policy = policy_in(result, domain)) return policy;
  }
  return std::nullopt;
}

std::string_view word_for(const DomainPolicy& policy) {
  if (policy.record != Record::found) return policy.record == Record::none ? "no_record" : "unknown";
  if (policy.asks == Asks::nothing) return "none";
  return policy.asks == Asks::quarantine ? "quarantine" : "reject";
}

void log_policy(const PostContext& context, const std::string& domain, const DomainPolicy& policy) {
  log(Severity::info, LogLine("dmarc")
                          .with("list", context.list->address())
                          .with("msgid", context.post->message_id())
                          .with("domain", domain)
                          .with("policy", word_for(policy))
                          .with("test", policy.is_test ? "yes" : "no")
                          .with("verdict", context.list->config().choice(Setting::dmarc)));
}

}  // namespace

bool asks_for_it(const DomainPolicy& policy, std::string_view dmarc_from) {
  if (policy.record != Record::found) return policy.record == Record::unknown;
  if (dmarc_from == "all") return true;
  const bool is_reject = policy.asks == Asks::reject && !policy.is_test;
  const bool is_quarantine = policy.asks == (policy.is_test ? Asks::reject : Asks::quarantine);
  return is_reject || (is_quarantine && dmarc_from != "reject");
}

Result<AuthorPolicy> find_author_policy(const PostContext& context, const DomainPolicies& policies) {
  const ListConfig& config = context.list->config();
  const std::string_view choice = config.choice(Setting::dmarc);
  const std::optional<mail::Mailbox> author = context.post->author();
  const AuthorAs author_as = author_as_of(choice);
  // What an anonymous list sends is the list's own.
  if (author_as == AuthorAs::written || !author || config.is_on(Setting::anonymous)) return AuthorPolicy();
  const std::string& domain = author->address.domain();
  AuthorPolicy policy;
  std::optional<DomainPolicy> known = policy_in_results(context, domain);
  if (!known) {
    Result<DomainPolicies::Found> found = policies.find(domain);
    if (!found) return found.error();
    known = found->policy;
    policy.asked = std::move(found->asked);
  }
  if (!asks_for_it(*known, config.choice(Setting::dmarc_from))) return policy;
  policy.author_as = author_as;
  policy.is_refused = choice == "reject" && known->record == Record::found;
  log_policy(context, domain, *known);
  return policy;
}

}  // namespace majlis::lists
