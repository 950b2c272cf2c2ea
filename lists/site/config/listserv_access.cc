// Who may join, see and command: Subscription=, Confirm-Delay=, Validate=, Review=, Confidential=, Renewal=.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/access_level.h"
#include "lists/site/config/listserv_keywords.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kConfirm = "Confirm";
constexpr std::string_view kNoPassword = "NoPW";
constexpr std::string_view kEverybody = "/.*/";
constexpr std::string_view kSubscribe = "subscribe";
constexpr std::string_view kDelay = "Delay";

struct PolicyWord {
  std::string_view word;
  std::string_view policy;  // without "+confirm"
};
// The first word for a policy is the one that is written.
constexpr std::array kPolicies = {
    PolicyWord{"Open", "open"},
    PolicyWord{"By_Owner", "closed"},
    PolicyWord{"Open", "auto"},
};

bool is_switched_off(const ListConfig& config) {
  const std::vector<std::string_view> words = split_words(config.text(Setting::commands_off));
  return std::any_of(words.begin(), words.end(),
                     [](std::string_view word) { return equals_ignoring_case(word, kSubscribe); });
}

// A hidden list is hidden from everybody but its members; one that some see is not.
bool is_hidden(const ListConfig& config) {
  const std::vector<std::string> hidden_from = config.lines(Setting::noadvertise);
  return std::find(hidden_from.begin(), hidden_from.end(), kEverybody) != hidden_from.end();
}

constexpr std::array<std::string_view, 3> kSubscriptions = {"Open", "By_Owner", "Closed"};
constexpr std::array<std::string_view, 3> kValidations = {"No", "Yes", "All"};

}  // namespace

// Closed: nobody may ask; who is to be on the list is put there by an owner.
Reading read_subscription(const HeaderItems& items) {
  if (auto refused = contradiction(items, kSubscriptions)) return *refused;
  std::string policy;
  bool is_closed = false;
  for (const HeaderItem& item : items) {
    const auto known = std::find_if(kPolicies.begin(), kPolicies.end(),
                                    [&](const PolicyWord& row) { return is_word(item, row.word); });
    if (known != kPolicies.end()) {
      policy = known->policy;
    } else if (is_word(item, "Closed")) {
      policy = "closed";
      is_closed = true;
    } else if (!is_word(item, kConfirm)) {
      return no_such_word(item, "Open, By_Owner, Closed, Confirm");
    }
  }
  if (policy.empty()) return no_such_word(items.front(), "Open, By_Owner, Closed");
  if (is_closed || has_word(items, kConfirm)) policy += "+confirm";
  Reading reading{.values = {{Setting::subscribe_policy, policy, items.front().line}}};
  if (is_closed) {
    reading.values.push_back({Setting::commands_off, std::string(kSubscribe), items.front().line});
    reading.remarks.push_back(fault(FaultId::header_closed));
  }
  return reading;
}

std::string write_subscription(const ListConfig& config) {
  if (is_switched_off(config)) return "Closed";
  const std::string_view written = config.choice(Setting::subscribe_policy);
  const std::string_view policy = written.substr(0, written.find('+'));
  const auto known =
      std::find_if(kPolicies.begin(), kPolicies.end(), [&](const PolicyWord& row) { return row.policy == policy; });
  std::string value(known == kPolicies.end() ? "By_Owner" : known->word);
  if (written.size() > policy.size()) append_item(value, kConfirm);
  return value;
}

Reading read_confirm_delay(const HeaderItems& items) {
  if (auto refused = surplus(items)) return *refused;
  return Reading{.values = {{Setting::token_hours, items.front().text, items.front().line}}};
}

std::string write_confirm_delay(const ListConfig& config) {
  return config.is_set(Setting::token_hours) ? config.text(Setting::token_hours) : "";
}

// Commands of members and owners are confirmed in any case; NoPW is what makes a difference.
Reading read_validate(const HeaderItems& items) {
  if (auto refused = contradiction(items, kValidations)) return *refused;
  for (const HeaderItem& item : items) {
    const bool is_known = is_word(item, "No") || is_word(item, "Yes") || is_word(item, "All") ||
                          is_word(item, kConfirm) || is_word(item, kNoPassword);
    if (!is_known) return no_such_word(item, "No, Yes, All, Confirm, NoPW");
  }
  const bool is_without = has_word(items, kNoPassword);
  Reading reading{.values = {{Setting::command_passwords, is_without ? "no" : "yes", items.front().line}}};
  if (is_word(items.front(), "Yes") && has_word(items, kConfirm)) return reading;
  remark_kept(reading, obeyed_as(items.front().text, "Yes,Confirm"));
  return reading;
}

std::string write_validate(const ListConfig& config) {
  std::string value = "Yes,Confirm";
  if (!config.is_on(Setting::command_passwords)) append_item(value, kNoPassword);
  return value;
}

Reading read_review(const HeaderItems& items) {
  if (auto refused = public_beside_others(items)) return *refused;
  Reading reading;
  std::string_view access = "closed";
  for (const HeaderItem& item : items) {
    const auto level = read_access_level(item.text);
    if (!level) return no_such_word(item, "Public, Private, Owner, Service, (LIST)");
    access = wider_access(access, access_of(*level));
    if (!is_obeyed(*level)) remark_kept(reading, obeyed_as(item.text, level_for(access_of(*level))));
  }
  reading.values = {{Setting::who_access, std::string(access), items.front().line}};
  return reading;
}

std::string write_review(const ListConfig& config) {
  return std::string(level_for(config.choice(Setting::who_access)));
}

Reading read_confidential(const HeaderItems& items) {
  if (auto refused = surplus(items)) return *refused;
  const HeaderItem& item = items.front();
  const bool is_area = is_word(item, "Service");
  if (!is_area && !is_word(item, "Yes") && !is_word(item, "No")) return no_such_word(item, "Yes, No, Service");
  const std::string hidden(is_word(item, "No") ? "" : kEverybody);
  Reading reading{.values = {{Setting::noadvertise, hidden, item.line}, {Setting::advertise, "", item.line}}};
  if (is_area) remark_kept(reading, obeyed_as(item.text, "Yes"));
  return reading;
}

std::string write_confidential(const ListConfig& config) { return is_hidden(config) ? "Yes" : "No"; }

Reading read_renewal_keyword(const HeaderItems& items) {
  Reading reading;
  std::string steps;
  for (const HeaderItem& item : items) {
    if (const auto days = argument_of(item.text, kDelay)) {
      reading.values.push_back({Setting::renewal_delay_days, *days, item.line});
    } else {
      append_item(steps, to_lower_ascii(item.text));
    }
  }
  reading.values.push_back({Setting::renewal, steps, items.front().line});
  return reading;
}

std::string write_renewal_keyword(const ListConfig& config) {
  std::string value;
  for (const std::string_view piece : split_at(config.text(Setting::renewal), ',')) {
    for (const std::string_view step : split_words(piece)) append_item(value, step);
  }
  const bool has_delay = !value.empty() && config.is_set(Setting::renewal_delay_days);
  if (has_delay) append_item(value, with_argument(kDelay, config.text(Setting::renewal_delay_days)));
  return value;
}

}  // namespace majlis::lists
