#include <array>
#include <utility>

#include "lists/posts/rules/rules.h"

namespace majlis::lists {
namespace {

constexpr std::array kRules = {
    RuleRow{"loop", loop, WhenApproved::ask},
    RuleRow{"robot", robot, WhenApproved::ask},
    RuleRow{"password_leak", password_leak, WhenApproved::ask},
    RuleRow{"no_author", no_author, WhenApproved::ask},
    RuleRow{"duplicate", duplicate, WhenApproved::skip},
    RuleRow{"taboo_headers", taboo_headers, WhenApproved::skip},
    RuleRow{"admin_headers", admin_headers, WhenApproved::skip},
    RuleRow{"wrong_password", wrong_password, WhenApproved::skip},
    RuleRow{"not_member", not_member, WhenApproved::skip},
    RuleRow{"moderated", moderated, WhenApproved::skip},
    RuleRow{"malformed", malformed, WhenApproved::skip},
    RuleRow{"partial", partial, WhenApproved::skip},
    RuleRow{"administrivia", administrivia, WhenApproved::skip},
    RuleRow{"taboo_body", taboo_body, WhenApproved::skip},
    RuleRow{"max_size", max_size, WhenApproved::skip},
};

bool is_approved(auth::Proof proof) {
  return proof == auth::Proof::post_password || proof == auth::Proof::moderator_token ||
         proof == auth::Proof::administrator;
}

constexpr std::size_t kMaxReasonOctets = 500;

void add_reason(Decision& decided, Decision next) {
  if (decided.action == Action::accept) {
    decided = std::move(next);
    return;
  }
  if (decided.reason.size() + next.reason.size() < kMaxReasonOctets) decided.reason += "; " + next.reason;
  if (decided.broken_pattern.empty()) decided.broken_pattern = std::move(next.broken_pattern);
}

}  // namespace

std::span<const RuleRow> post_rules() { return kRules; }

Decision decide_post(const PostFacts& facts) {
  Decision decided;
  for (const RuleRow& row : kRules) {
    if (row.when_approved == WhenApproved::skip && is_approved(facts.proof)) continue;
    std::optional<Decision> decision = row.rule(facts);
    if (!decision) continue;
    decision->rule = row.name;
    if (decision->action != Action::hold) return *decision;
    add_reason(decided, std::move(*decision));
  }
  return decided;
}

}  // namespace majlis::lists
