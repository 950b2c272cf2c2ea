// Whose posts pass, and what stops them: strangers, bans, DMARC, header rules, limits.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "foreign/python/address_expression.h"
#include "foreign/python/write.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/mailman_attributes.h"
#include "lists/site/config/mailman_patterns.h"
#include "lists/site/config/value_lines.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

using foreign::PythonKind;
using foreign::PythonValue;
using S = Setting;

// Addresses, "^EXPRESSION", and "@LIST" for the members of another list.
template <Setting setting>
void apply_senders(const PythonValue& value, MailmanTarget& target) {
  const auto lines = mailman_lines(value, target);
  if (!lines) return;
  std::vector<std::string> senders;
  for (const std::string& line : *lines) {
    const bool is_expression = line.starts_with('^');
    const auto read = is_expression ? foreign::read_address_expression(line) : std::nullopt;
    const bool is_said = !is_expression || (read && mail::address_pattern(read->pattern));
    if (!is_said || line.starts_with('@')) {
      target.keep(fault_of(FaultId::header_not_done, line));
      continue;
    }
    const std::string& sender = read ? read->pattern : line;
    if (read && read->has_dots) target.obey_as(line, sender);
    if (std::find(senders.begin(), senders.end(), sender) == senders.end()) senders.push_back(sender);
  }
  target.unset(setting);
  if (!senders.empty()) target.set(setting, join_lines(senders));
}

template <Setting setting>
std::string write_senders(const ListConfig& config) {
  std::vector<std::string> expressions;
  for (const std::string& line : config.lines(setting)) {
    if (!trim(line).empty()) expressions.push_back(expression_of_wildcard(trim(line)));
  }
  return literal_of(expressions);
}

constexpr std::array<std::string_view, 4> kStrangers = {"accept", "hold", "reject", "discard"};

void apply_generic_nonmember_action(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 3, target);
  if (!number) return;
  target.set(S::post_access, "list");
  target.set(S::nonmember_posts, kStrangers.at(static_cast<std::size_t>(*number)));
}

std::string write_generic_nonmember_action(const ListConfig& config) {
  if (config.choice(S::post_access) == "open" && !config.is_set(S::restrict_post)) return "0";
  const auto* const known = std::find(kStrangers.begin(), kStrangers.end(), config.choice(S::nonmember_posts));
  return known == kStrangers.end() ? "1" : literal_of(known - kStrangers.begin());  // who is asked waits
}

void apply_emergency(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (number) target.set(S::emergency, *number == 0 ? "no" : "yes");
}
// Mailman moderates members one by one: for lists on which every post waits it has no other word, and without one a
// list made of the export would be open.
std::string write_emergency(const ListConfig& config) {
  const bool waits = config.is_on(S::moderate) || config.choice(S::post_access) == "closed";
  return waits || config.is_on(S::emergency) ? "1" : "0";
}

constexpr std::array<std::string_view, 4> kDmarc = {"none", "munge", "wrap", "reject"};

void apply_dmarc(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 4, target);
  if (!number) return;
  if (*number == 4) target.obey_as("4", "3");
  target.set(S::dmarc, kDmarc.at(static_cast<std::size_t>(std::min<std::int64_t>(*number, 3))));
}
std::string write_dmarc(const ListConfig& config) {
  return literal_of(std::find(kDmarc.begin(), kDmarc.end(), config.choice(S::dmarc)) - kDmarc.begin());
}

void apply_dmarc_quarantine(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  const bool counts_all = *number == 1 && target.config().choice(S::dmarc_from) == "all";
  if (!counts_all) target.set(S::dmarc_from, *number == 1 ? "quarantine" : "reject");
}
std::string write_dmarc_quarantine(const ListConfig& config) {
  return config.choice(S::dmarc_from) == "reject" ? "0" : "1";
}

// It counts beside the one before it only.
void apply_dmarc_none(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  target.keep();
  const std::string_view now = target.config().choice(S::dmarc_from);
  if (*number == 1 && now == "quarantine") target.set(S::dmarc_from, "all");
  if (*number == 0 && now == "all") target.set(S::dmarc_from, "quarantine");
}
std::string write_dmarc_none(const ListConfig& config) { return config.choice(S::dmarc_from) == "all" ? "1" : "0"; }

// Whatever the author's domain asks for, where that says no more.
void apply_from_is_list(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 2, target);
  if (!number) return;
  target.keep();
  const std::int64_t action = target.said_number("dmarc_moderation_action").value_or(0);
  if (*number <= action) return;
  target.obey_as(std::to_string(*number), "dmarc_from = all");
  target.set(S::dmarc, kDmarc.at(static_cast<std::size_t>(*number)));
  target.set(S::dmarc_from, "all");
}
std::string write_from_is_list(const ListConfig& /*config*/) { return "0"; }

// Regular expressions that begin where the address does; one that is none stands for itself.
void apply_acceptable_aliases(const PythonValue& value, MailmanTarget& target) {
  const auto lines = mailman_lines(value, target);
  if (!lines) return;
  std::vector<std::string> patterns;
  for (const std::string& line : *lines) {
    std::string pattern = alias_pattern_of(line);
    if (pattern.empty()) {
      target.keep(fault_of(FaultId::header_not_done, line));
    } else {
      patterns.push_back(std::move(pattern));
    }
  }
  target.unset(S::acceptable_aliases);
  if (!patterns.empty()) target.set(S::acceptable_aliases, join_lines(patterns));
}
std::string write_acceptable_aliases(const ListConfig& config) {
  std::vector<std::string> expressions;
  for (const std::string& pattern : config.lines(S::acceptable_aliases)) {
    expressions.push_back(expression_of_alias(pattern));
  }
  return literal_of(join_lines(expressions));
}

// "a.org,b.org;c.com,d.com"
void apply_equivalent_domains(const PythonValue& value, MailmanTarget& target) {
  const auto text = mailman_text(value, target);
  if (!text) return;
  std::vector<std::string> groups;
  for (const std::string_view written : split_at(*text, ';')) {
    std::string group(written);
    std::replace_if(
        group.begin(), group.end(), [](char c) { return c == ',' || c == '\n' || c == '\r'; }, ' ');
    const std::vector<std::string_view> domains = split_words(group);
    std::string line;
    for (const std::string_view domain : domains) line += (line.empty() ? "" : " ") + std::string(domain);
    if (!line.empty()) groups.push_back(std::move(line));
  }
  target.unset(S::equivalent_domains);
  if (!groups.empty()) target.set(S::equivalent_domains, join_lines(groups));
}
std::string write_equivalent_domains(const ListConfig& config) {
  std::string text;
  for (const std::string& line : config.lines(S::equivalent_domains)) {
    std::string group;
    for (const std::string_view domain : split_words(line)) group += (group.empty() ? "" : ",") + std::string(domain);
    if (!group.empty()) text += (text.empty() ? "" : ";") + group;
  }
  return literal_of(text);
}

enum RuleAction : std::int64_t { kDefer = 0, kReject = 2, kDiscard = 3, kAccept = 6, kHold = 7 };

struct RuleSetting {
  RuleAction action;
  Setting setting;
};
constexpr std::array kRuleSettings = {RuleSetting{kDiscard, S::discard_headers},
                                      RuleSetting{kReject, S::reject_headers}, RuleSetting{kHold, S::taboo_headers}};

// The expressions of a rule, a line each; a line that is none here is kept.
void append_patterns(std::string_view lines, std::vector<std::string>& patterns, MailmanTarget& target) {
  for (const std::string& line : split_lines(lines)) {
    const std::string_view expression = trim(line);
    if (expression.empty() || expression.starts_with('#')) continue;
    auto pattern = pattern_of(expression);
    if (!pattern) {
      target.keep(fault_of(FaultId::header_not_done, expression));
    } else if (std::find(patterns.begin(), patterns.end(), *pattern) == patterns.end()) {
      patterns.push_back(std::move(*pattern));
    }
  }
}

using PatternsOfActions = std::array<std::vector<std::string>, kRuleSettings.size()>;

// (patterns, action, flag)
void apply_rule(const PythonValue& rule, PatternsOfActions& patterns, MailmanTarget& target) {
  const bool has_both = rule.items().size() >= 2 && rule.items()[0].as_octets();
  const auto action = has_both ? mailman_integer(rule.items()[1]) : std::nullopt;
  const auto* const row = std::find_if(kRuleSettings.begin(), kRuleSettings.end(),
                                       [&](const RuleSetting& each) { return each.action == action; });
  if (row != kRuleSettings.end()) {
    const auto place = static_cast<std::size_t>(row - kRuleSettings.begin());
    append_patterns(*rule.items()[0].as_octets(), patterns.at(place), target);
  } else if (action == kDefer) {
    target.keep();
  } else if (action == kAccept) {
    target.keep(fault_of(FaultId::header_not_done, *rule.items()[0].as_octets()));
  } else {
    target.refuse(fault_of(FaultId::python_no_rule, foreign::write_literal(rule)));
  }
}

void apply_header_filter_rules(const PythonValue& value, MailmanTarget& target) {
  if (!value.is(PythonKind::list)) {
    return target.refuse(fault_of(FaultId::python_no_rule, foreign::write_literal(value)));
  }
  PatternsOfActions patterns;
  for (const PythonValue& rule : value.items()) apply_rule(rule, patterns, target);
  for (std::size_t i = 0; i < kRuleSettings.size(); ++i) {
    target.unset(kRuleSettings[i].setting);
    if (!patterns[i].empty()) target.set(kRuleSettings[i].setting, join_lines(patterns[i]));
  }
}

// In the order in which they are asked.
std::string write_header_filter_rules(const ListConfig& config) {
  std::string literal = "[";
  for (const RuleSetting& row : kRuleSettings) {
    std::string expressions;
    for (const std::string& pattern : config.lines(row.setting)) {
      expressions += (expressions.empty() ? "" : "\n") + expression_of_pattern(pattern);
    }
    if (expressions.empty()) continue;
    literal +=
        (literal.size() == 1 ? "(" : ", (") + literal_of(expressions) + ", " + literal_of(row.action) + ", False)";
  }
  return literal + "]";
}

// "Header: EXPRESSION", searched in that field; it holds, whatever its name says.
void apply_bounce_matching_headers(const PythonValue& value, MailmanTarget& target) {
  const auto lines = mailman_lines(value, target);
  if (!lines) return;
  target.keep();
  std::vector<std::string> patterns = target.config().lines(S::taboo_headers);
  for (const std::string& line : *lines) {
    const std::size_t colon = line.find(':');
    if (line.starts_with('#') || colon == std::string::npos) continue;
    const std::string_view expression = trim(std::string_view(line).substr(colon + 1));
    const bool is_anchored = expression.starts_with('^');
    append_patterns("^" + line.substr(0, colon) + (is_anchored ? ":\\s*" : ":.*") +
                        std::string(expression.substr(is_anchored ? 1 : 0)),
                    patterns, target);
  }
  if (!patterns.empty()) target.set(S::taboo_headers, join_lines(patterns));
}
std::string write_bounce_matching_headers(const ListConfig& /*config*/) { return literal_of(std::string_view()); }

// At that many or more there; 0: no limit in both.
void apply_max_num_recipients(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 10'000, target);
  if (number) target.set(S::max_recipients, std::to_string(*number > 1 ? *number - 1 : *number));
}
std::string write_max_num_recipients(const ListConfig& config) {
  const std::int64_t most = config.integer(S::max_recipients);
  return literal_of(most == 0 ? 0 : most + 1);
}

constexpr std::int64_t kKilobyte = 1024;

void apply_max_message_size(const PythonValue& value, MailmanTarget& target) {
  const std::int64_t most = spec_of(S::maxlength).maximum;
  const auto number = mailman_radio(value, (most + kKilobyte - 1) / kKilobyte, target);  // as it is written, rounded up
  if (number) target.set(S::maxlength, std::to_string(*number == 0 ? most : std::min(*number * kKilobyte, most)));
}
std::string write_max_message_size(const ListConfig& config) {
  const std::int64_t octets = config.integer(S::maxlength);
  return octets == spec_of(S::maxlength).maximum ? "0" : literal_of((octets + kKilobyte - 1) / kKilobyte);
}

void apply_max_days_to_hold(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1'000'000, target);
  if (!number) return;
  const std::int64_t most = spec_of(S::hold_days).maximum;
  const bool is_too_long = *number == 0 || *number > most;
  if (is_too_long) target.obey_as(std::to_string(*number), std::to_string(most));
  target.set(S::hold_days, std::to_string(is_too_long ? most : *number));
}
std::string write_max_days_to_hold(const ListConfig& config) { return literal_of(config.integer(S::hold_days)); }

constexpr std::array kSenders = {
    MailmanAttribute{"ban_list", apply_senders<S::address_filter>, write_senders<S::address_filter>},
    MailmanAttribute{"subscribe_auto_approval", apply_senders<S::subscribe_auto_approval>,
                     write_senders<S::subscribe_auto_approval>},
    MailmanAttribute{"equivalent_domains", apply_equivalent_domains, write_equivalent_domains},
    MailmanAttribute{"acceptable_aliases", apply_acceptable_aliases, write_acceptable_aliases},
    MailmanAttribute{"accept_these_nonmembers", apply_senders<S::accept_these_nonmembers>,
                     write_senders<S::accept_these_nonmembers>},
    MailmanAttribute{"hold_these_nonmembers", apply_senders<S::hold_these_nonmembers>,
                     write_senders<S::hold_these_nonmembers>},
    MailmanAttribute{"reject_these_nonmembers", apply_senders<S::reject_these_nonmembers>,
                     write_senders<S::reject_these_nonmembers>},
    MailmanAttribute{"discard_these_nonmembers", apply_senders<S::discard_these_nonmembers>,
                     write_senders<S::discard_these_nonmembers>},
    MailmanAttribute{"emergency", apply_emergency, write_emergency},
    MailmanAttribute{"generic_nonmember_action", apply_generic_nonmember_action, write_generic_nonmember_action},
    MailmanAttribute{"dmarc_moderation_action", apply_dmarc, write_dmarc},
    MailmanAttribute{"dmarc_quarantine_moderation_action", apply_dmarc_quarantine, write_dmarc_quarantine},
    MailmanAttribute{"dmarc_none_moderation_action", apply_dmarc_none, write_dmarc_none},
    MailmanAttribute{"from_is_list", apply_from_is_list, write_from_is_list},
    MailmanAttribute{"header_filter_rules", apply_header_filter_rules, write_header_filter_rules},
    MailmanAttribute{"bounce_matching_headers", apply_bounce_matching_headers, write_bounce_matching_headers},
    MailmanAttribute{"max_num_recipients", apply_max_num_recipients, write_max_num_recipients},
    MailmanAttribute{"max_message_size", apply_max_message_size, write_max_message_size},
    MailmanAttribute{"max_days_to_hold", apply_max_days_to_hold, write_max_days_to_hold},
};

}  // namespace

std::span<const MailmanAttribute> mailman_senders() { return kSenders; }

}  // namespace majlis::lists
