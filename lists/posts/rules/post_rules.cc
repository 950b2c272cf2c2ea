#include <algorithm>
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
    RuleRow{"own_address", own_address, WhenApproved::ask},
    RuleRow{"banned", banned, WhenApproved::skip},
    RuleRow{"address_filter", address_filter, WhenApproved::skip},
    RuleRow{"duplicate", duplicate, WhenApproved::skip},
    RuleRow{"discard_headers", discard_headers, WhenApproved::skip},
    RuleRow{"reject_headers", reject_headers, WhenApproved::skip},
    RuleRow{"taboo_headers", taboo_headers, WhenApproved::skip},
    RuleRow{"admin_headers", admin_headers, WhenApproved::skip},
    RuleRow{"content_filter", content_filter, WhenApproved::skip},
    RuleRow{"quoted_loop", quoted_loop, WhenApproved::skip},
    RuleRow{"wrong_password", wrong_password, WhenApproved::skip},
    RuleRow{"urgent", urgent, WhenApproved::ask},
    RuleRow{"nopost", nopost, WhenApproved::skip},
    RuleRow{"not_member", not_member, WhenApproved::skip},
    RuleRow{"unauthenticated", unauthenticated, WhenApproved::skip},
    RuleRow{"moderated", moderated, WhenApproved::skip},
    RuleRow{"moderate_first", moderate_first, WhenApproved::skip},
    RuleRow{"thread_days", thread_days, WhenApproved::skip},
    RuleRow{"emergency", emergency, WhenApproved::skip},
    RuleRow{"flood", flood, WhenApproved::skip},
    RuleRow{"author_flood", author_flood, WhenApproved::skip},
    RuleRow{"max_recipients", max_recipients, WhenApproved::skip},
    RuleRow{"require_list_address", list_not_named, WhenApproved::skip},
    RuleRow{"malformed", malformed, WhenApproved::skip},
    RuleRow{"partial", partial, WhenApproved::skip},
    RuleRow{"attachments", attachments, WhenApproved::skip},
    RuleRow{"html", html, WhenApproved::skip},
    RuleRow{"anonymous_signed", anonymous_signed, WhenApproved::skip},
    RuleRow{"administrivia", administrivia, WhenApproved::skip},
    RuleRow{"taboo_body", taboo_body, WhenApproved::skip},
    RuleRow{"max_size", max_size, WhenApproved::skip},
    RuleRow{"antivirus", antivirus, WhenApproved::ask},
    RuleRow{"dmarc", dmarc, WhenApproved::skip, WhenHeld::skip},
};

bool is_approved(auth::Proof proof) {
  return proof == auth::Proof::post_password || proof == auth::Proof::moderator_token ||
         proof == auth::Proof::administrator;
}

constexpr std::size_t kMaxReasonOctets = 500;  // of all of them in English

void add_reason(Decision& decided, Decision next) {
  if (decided.action == Action::accept) {
    decided = std::move(next);
    return;
  }
  if (in_english(decided.reasons).size() + in_english(next.reasons).size() < kMaxReasonOctets) {
    decided.reasons.insert(decided.reasons.end(), next.reasons.begin(), next.reasons.end());
  }
  if (decided.broken_pattern.empty()) decided.broken_pattern = std::move(next.broken_pattern);
}

bool decides_at_once(const Decision& decision) {
  return decision.action == Action::reject || decision.action == Action::discard || decision.action == Action::defer;
}

bool is_asked(const RuleRow& row, const PostFacts& facts) {
  return row.when_approved == WhenApproved::ask || !is_approved(facts.proof);
}

}  // namespace

std::span<const RuleRow> post_rules() { return kRules; }

Findings examine_post(const PostFacts& facts) {
  Findings findings;
  findings.answers.resize(kRules.size());
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    const auto* rule = std::get_if<MessageRule>(&kRules[i].rule);
    if (rule == nullptr || !is_asked(kRules[i], facts)) continue;
    findings.answers[i] = (*rule)(facts);
    if (findings.answers[i] && decides_at_once(*findings.answers[i])) break;
  }
  return findings;
}

bool is_refused(const Findings& findings) {
  return std::any_of(findings.answers.begin(), findings.answers.end(),
                     [](const std::optional<Decision>& answer) { return answer && decides_at_once(*answer); });
}

Decision decide_post(const PostFacts& facts, const PostStanding& standing, const Findings& findings) {
  Decision decided;
  Reasons remarks;
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (kRules[i].when_held == WhenHeld::skip && decided.action == Action::hold) continue;
    const auto* rule = std::get_if<StandingRule>(&kRules[i].rule);
    std::optional<Decision> decision = findings.answers[i];
    if (rule != nullptr && is_asked(kRules[i], facts)) decision = (*rule)(facts, standing);
    if (!decision) continue;
    decision->rule = kRules[i].name;
    if (decides_at_once(*decision)) return *decision;
    if (decision->action == Action::hold) {
      add_reason(decided, std::move(*decision));
    } else {
      remarks.insert(remarks.end(), decision->reasons.begin(), decision->reasons.end());
    }
  }
  decided.reasons.insert(decided.reasons.end(), remarks.begin(), remarks.end());
  return decided;
}

// Every author there is is tried, so that no rule is told here again. What speaks against a post lets none pass that
// would not pass without it: there nothing does.
bool may_be_accepted(const PostFacts& facts, const Findings& findings) {
  const bool is_stopped =
      std::any_of(findings.answers.begin(), findings.answers.end(),
                  [](const std::optional<Decision>& answer) { return answer && answer->action != Action::accept; });
  for (unsigned author = 0; !is_stopped && author < 8; ++author) {
    PostStanding standing;
    standing.is_member = (author & 1U) != 0;
    standing.is_permitted_poster = (author & 2U) != 0;
    standing.member_is_editor = (author & 4U) != 0;
    if (decide_post(facts, standing, findings).action == Action::accept) return true;
  }
  return false;
}

}  // namespace majlis::lists
