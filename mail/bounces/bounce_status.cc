#include "mail/bounces/bounce_status.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxFieldOctets = 4000;

enum class StatusField { final_recipient, original_recipient, action, status, diagnostic, count };

constexpr std::array<std::string_view, static_cast<std::size_t>(StatusField::count)> kFieldNames = {
    "Final-Recipient", "Original-Recipient", "Action", "Status", "Diagnostic-Code"};

struct ActionWord {
  std::string_view word;
  Outcome outcome;
};
constexpr std::array kActions = {
    ActionWord{"fail", Outcome::failure},    ActionWord{"error", Outcome::failure},
    ActionWord{"expired", Outcome::failure}, ActionWord{"undeliver", Outcome::failure},
    ActionWord{"delay", Outcome::delay},     ActionWord{"warn", Outcome::delay},
    ActionWord{"deliver", Outcome::success}, ActionWord{"relay", Outcome::success},
    ActionWord{"expand", Outcome::success},
};

struct Group {
  std::array<std::string, kFieldNames.size()> bodies;
  std::string* last = nullptr;  // what a continuation line belongs to
  const std::string& body(StatusField field) const { return bodies[static_cast<std::size_t>(field)]; }
};

void take_line(Group& group, std::string_view line) {
  if (is_blank(line.front())) {
    if (group.last != nullptr && group.last->size() < kMaxFieldOctets) {
      *group.last += ' ';
      *group.last += trim(line).substr(0, kMaxFieldOctets);
    }
    return;
  }
  group.last = nullptr;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view name = trim(line.substr(0, colon));
  for (std::size_t i = 0; i < kFieldNames.size(); ++i) {
    if (!equals_ignoring_case(name, kFieldNames[i])) continue;
    group.last = &group.bodies[i];
    // Some systems write a field twice, the first one with nothing of use.
    if (group.last->empty()) *group.last = trim(line.substr(colon + 1)).substr(0, kMaxFieldOctets);
  }
}

std::optional<Outcome> outcome_of(const Group& group) {
  for (const ActionWord& action : kActions) {
    if (starts_with_ignoring_case(group.body(StatusField::action), action.word)) return action.outcome;
  }
  const std::string status = find_status(group.body(StatusField::status));
  if (status.empty()) return std::nullopt;
  if (status.front() == '5') return Outcome::failure;
  return status.front() == '4' ? Outcome::delay : Outcome::success;
}

// True when the group tells of a failure and names nobody.
bool finish_group(const Group& group, Report& report) {
  const std::optional<Outcome> outcome = outcome_of(group);
  if (!outcome) return false;
  std::optional<Address> final_one = parse_typed_address(group.body(StatusField::final_recipient));
  std::optional<Address> original = parse_typed_address(group.body(StatusField::original_recipient));
  const std::string& diagnostic = group.body(StatusField::diagnostic);
  if (!final_one && !original) return *outcome == Outcome::failure;
  const Address address = final_one ? *final_one : *original;
  std::string status = find_status(group.body(StatusField::status));
  if (status.empty()) status = find_status(diagnostic);
  if (original && *original == address) original.reset();
  add_recipient(report, {address, std::move(original), *outcome, std::move(status), find_smtp_code(diagnostic),
                         one_reason(diagnostic)});
  return false;
}

bool says_anything(const Group& group) {
  return !group.body(StatusField::final_recipient).empty() || !group.body(StatusField::original_recipient).empty() ||
         !group.body(StatusField::action).empty();
}

}  // namespace

std::string one_reason(std::string_view text) {
  std::string line;
  for (std::string_view rest = text; line.size() <= kMaxReasonOctets;) {
    const auto part = next_line(rest);
    if (!part) break;
    for (const std::string_view word : split_words(*part)) {
      if (!line.empty()) line += ' ';
      line += word;
    }
  }
  return std::string(utf8_prefix(line, kMaxReasonOctets));
}

void add_recipient(Report& report, ReportedRecipient recipient) {
  // Address::operator== without its copies: the list may be long.
  const auto same = std::find_if(report.recipients.begin(), report.recipients.end(), [&](const auto& known) {
    return known.address.domain() == recipient.address.domain() &&
           equals_ignoring_case(known.address.local(), recipient.address.local());
  });
  if (same != report.recipients.end()) {
    if (same->outcome != Outcome::failure && recipient.outcome == Outcome::failure) *same = std::move(recipient);
    return;
  }
  if (report.recipients.size() >= kMaxReportedRecipients) {
    report.is_cut = true;
    return;
  }
  report.recipients.push_back(std::move(recipient));
}

std::size_t read_status_groups(std::string_view text, Report& report) {
  std::size_t nameless = 0;
  std::size_t lines = 0;
  Group group;
  const auto finish = [&] {
    if (says_anything(group) && finish_group(group, report)) ++nameless;
    group = Group();
  };
  while (const auto line = next_line(text)) {
    if (++lines > kMaxReportLines) {
      report.is_cut = true;
      break;
    }
    if (trim(*line).empty()) {
      finish();
      continue;
    }
    // Groups without an empty line between them: the second one begins where a name comes again.
    const bool again = starts_with_ignoring_case(*line, "Final-Recipient:") &&
                       !group.body(StatusField::final_recipient).empty() && !group.body(StatusField::action).empty();
    if (again) finish();
    take_line(group, *line);
  }
  finish();
  return nameless;
}

}  // namespace majlis::mail
