#include <array>

#include "lists/rules/rules.h"

namespace majlis::lists {
namespace {

constexpr std::array kRules = {
    RuleRow{"loop", loop, WhenApproved::ask},
    RuleRow{"robot", robot, WhenApproved::ask},
    RuleRow{"password_leak", password_leak, WhenApproved::ask},
    RuleRow{"duplicate", duplicate, WhenApproved::skip},
    RuleRow{"no_author", no_author, WhenApproved::skip},
    RuleRow{"wrong_password", wrong_password, WhenApproved::skip},
    RuleRow{"not_member", not_member, WhenApproved::skip},
    RuleRow{"max_size", max_size, WhenApproved::skip},
    RuleRow{"malformed", malformed, WhenApproved::skip},
    RuleRow{"taboo_headers", taboo_headers, WhenApproved::skip},
    RuleRow{"taboo_body", taboo_body, WhenApproved::skip},
    RuleRow{"administrivia", administrivia, WhenApproved::skip},
    RuleRow{"moderated", moderated, WhenApproved::skip},
};

bool is_approved(auth::Proof proof) {
  return proof == auth::Proof::post_password || proof == auth::Proof::moderator_token ||
         proof == auth::Proof::administrator;
}

}  // namespace

std::span<const RuleRow> post_rules() { return kRules; }

Decision decide_post(const PostFacts& facts) {
  for (const RuleRow& row : kRules) {
    if (row.when_approved == WhenApproved::skip && is_approved(facts.proof)) continue;
    if (std::optional<Decision> decision = row.rule(facts)) {
      decision->rule = row.name;
      return *decision;
    }
  }
  return {};
}

}  // namespace majlis::lists
